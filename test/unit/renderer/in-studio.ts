import { type ComponentMountingOptions, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { type App, type Component, type Plugin, createApp, ref } from 'vue'
import { createVuetify } from 'vuetify'
import * as components from 'vuetify/components'
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg'
import { provideConnection } from '@renderer/connection/api'
import type { FakeStudio } from '../../support/fake-api'

/**
 * Runs `use` as a component of the studio would, over a fake one. The app is the caller's to unmount.
 * @param plugins what else the component is given, such as a router
 */
export function inStudio<T>({ api }: FakeStudio, use: () => T, plugins: Plugin[] = []): { result: T; app: App } {
  let result: T | undefined
  const app = createApp({
    setup: () => {
      result = use()
      return () => null
    },
  })
  provideConnection(app, { api, state: ref('open'), saving: { pending: 0, saved: 0, lastAt: null }, refused: [] })
  for (const plugin of plugins) app.use(plugin)
  app.use(createPinia()).mount(document.createElement('div'))
  return { result: result as T, app }
}

/** One component with Vuetify's about it, and no studio. */
export function mountPart<T extends Component>(component: T, props: ComponentMountingOptions<T>['props']) {
  const vuetify = createVuetify({ components, icons: { defaultSet: 'mdi', aliases, sets: { mdi } } })
  return mount(component as Component, { props: props as Record<string, unknown>, global: { plugins: [vuetify] } })
}

/** Lets every answer of the fake studio arrive. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setTimeout(resolve, 2))
}
