import { type VueWrapper, flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { type Component, defineComponent, h, ref } from 'vue'
import { type Router, createMemoryHistory, createRouter } from 'vue-router'
import { createVuetify } from 'vuetify'
import * as components from 'vuetify/components'
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg'
import { type Connection, type ConnectionState, type RefusedEdit, provideConnection } from '@renderer/connection/api'
import { type FakeStudio, fakeStudio } from './fake-api'

export interface MountedStudio {
  wrapper: VueWrapper
  studio: FakeStudio
  router: Router
  /** Everything the person sees, menus and dialogs included. */
  page: HTMLElement
  /** The line to the studio: a test may cut it. */
  connection: Connection
  /** Waits until answers have arrived and are drawn. */
  settle(): Promise<void>
}

/** How the connection stands. */
interface Lost {
  state: ConnectionState
  /** Edits that wait. */
  pending: number
  /** Edits that a folder which is gone could not take. */
  refused: RefusedEdit[]
}

const nothing = { render: () => null }

/** One component as it stands in the window: with stores, themes, addresses and a studio in memory behind it. */
export async function mountStudio(
  component: Component,
  options: { studio?: FakeStudio; props?: Record<string, unknown>; at?: string; connection?: Partial<Lost> } = {},
): Promise<MountedStudio> {
  const studio = options.studio ?? fakeStudio()
  const connection: Connection = {
    ...{ api: studio.api, state: ref(options.connection?.state ?? 'open') },
    saving: { pending: options.connection?.pending ?? 0, saved: 0, lastAt: null },
    refused: options.connection?.refused ?? [],
  }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      'start',
      'library/:tab?',
      'annotate/:video?',
      'train/:run?',
      'explain/:video?',
      'review/:evaluation?',
      'campaigns/:campaign?',
      'item/:campaign?',
      'disagreements/:campaign?/:item?',
      'settings',
    ]
      .map((path) => ({ path: `/${path}`, name: path.split('/')[0] ?? '', component: nothing }))
      .concat({ path: '/', name: 'home', component: nothing }),
  })
  await router.push(options.at ?? '/')
  const { VApp } = components
  const Window = defineComponent({ setup: () => () => h(VApp, () => h(component, options.props)) })
  const vuetify = createVuetify({ components, icons: { defaultSet: 'mdi', aliases, sets: { mdi } } })
  const wrapper = mount(Window, {
    attachTo: document.body,
    global: { plugins: [createPinia(), vuetify, router, { install: (app) => provideConnection(app, connection) }] },
  })
  const settle = async () => {
    for (let i = 0; i < 4; i++) await flushPromises()
    await new Promise((resolve) => setTimeout(resolve, 20))
    await flushPromises()
  }
  await settle()
  return { wrapper, studio, router, page: document.body, connection, settle }
}

/** The one element of this role whose name (label or text) contains `name`. */
export function byRole(
  page: ParentNode,
  role: 'button' | 'option' | 'checkbox' | 'radio' | 'link',
  name: string | RegExp,
) {
  const tags = {
    button: 'button',
    option: '[role=option]',
    checkbox: 'input[type=checkbox]',
    radio: '[role=radio]',
    link: 'a',
  }
  const found = [...page.querySelectorAll<HTMLElement>(tags[role])].filter((element) => {
    const said = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim()
    return typeof name === 'string' ? said.startsWith(name) : name.test(said)
  })
  const [first] = found
  if (!first) throw new Error(`No ${role} called ${String(name)} on the page`)
  return first
}
