import { type Component, computed, defineComponent, h } from 'vue'
import { describe, expect, test } from 'vitest'
import { type Action, isAllowed, nameOf, useActionRegistry, useActions } from '@renderer/actions/action-registry'
import CommandPalette from '@renderer/shell/CommandPalette.vue'
import { shellActions } from '@renderer/shell/shell-actions'
import { annotateActions } from '@renderer/views/annotate/annotate-actions'
import type { Following } from '@renderer/views/annotate/use-following'
import { useFramePicture } from '@renderer/views/annotate/use-frame-picture'
import { answerActions } from '@renderer/views/annotate/answer-actions'
import { disagreementActions } from '@renderer/views/campaigns/disagreements/disagreement-actions'
import { itemActions } from '@renderer/views/campaigns/item/item-actions'
import CampaignsView from '@renderer/views/campaigns/overview/CampaignsView.vue'
import { explainActions } from '@renderer/views/explain/explain-actions'
import LibraryView from '@renderer/views/library/LibraryView.vue'
import { reviewActions } from '@renderer/views/review/review-actions'
import SettingsView from '@renderer/views/settings/SettingsView.vue'
import StartView from '@renderer/views/start/StartView.vue'
import TrainView from '@renderer/views/train/TrainView.vue'
import { useAnnotation } from '@renderer/stores/annotation'
import { useExplanation } from '@renderer/stores/explanation'
import { anAttribute } from '../../../support/fake-api'
import { mountStudio } from '../../../support/mount-studio'

/** Whatever a screen can do, as its list of actions asks for it: every method is there and says yes. */
const anything = <Commands extends object>() => new Proxy({}, { get: () => () => true }) as Commands

/** Boxes wait to be confirmed. */
const following = () => ({ ...anything<Following>(), proposed: computed(() => 1) }) as Following

/** A screen that has nothing but these actions. */
const screenOf = (actions: () => readonly Action[]) =>
  defineComponent({ setup: () => (useActions(actions()), () => h('div')) })

/** The window about a screen, a project open in it; without its frame where the page stands alone. */
const windowActions = (isBare = false) => {
  const project = { current: {} } as Parameters<typeof shellActions>[0]['project']
  return shellActions({ router: anything(), shell: anything(), project, nextTheme: () => {}, isBare: () => isBare })
}

/** A screen whose own commands are few, with those of the window about it. */
const inWindow = (screen: Component) => defineComponent({ setup: () => (useActions(windowActions()), () => h(screen)) })

const screens: readonly [name: string, screen: Component][] = [
  ['Everywhere', screenOf(() => windowActions())],
  ['Library', LibraryView],
  ['Train', TrainView],
  ['Campaigns', CampaignsView],
  [
    'Annotate',
    screenOf(() => {
      useAnnotation().state = 'ready'
      useAnnotation().attribute = anAttribute(0).id
      const picture = useFramePicture(
        () => 0,
        () => null,
      )
      return [...annotateActions(anything(), anything(), following()), ...answerActions(anything()), picture]
    }),
  ],
  [
    'Explain',
    screenOf(() => {
      useExplanation().state = 'ready'
      return explainActions(anything())
    }),
  ],
  ['Review', screenOf(() => reviewActions(anything()))],
  ['Start', inWindow(StartView)],
  ['Settings', inWindow(SettingsView)],
  ['the items of a campaign', screenOf(() => [...windowActions(true), ...itemActions(anything(), anything())])],
  ['Disagreements', screenOf(() => disagreementActions(anything()))],
]

describe.each(screens)('of %s', (_, screen) => {
  test('the palette offers every command that is not a mere key, each once and under a name of its own', async () => {
    const both = defineComponent({ setup: () => () => [h(screen), h(CommandPalette, { modelValue: true })] })
    const { page, settle } = await mountStudio(both)
    await settle()
    const { actions } = useActionRegistry()
    const offered = actions.filter((action) => !action.keyOnly && isAllowed(action)).map(nameOf)
    expect(offered.length).toBeGreaterThan(0)
    expect(new Set(offered).size).toBe(offered.length)
    const field = page.querySelector<HTMLInputElement>('input[role=combobox]')!
    field.value = '>'
    field.dispatchEvent(new Event('input'))
    await settle()
    const shown = [...page.querySelectorAll('#palette-list [role=option] .cut')].map((row) => row.textContent.trim())
    expect(shown).toEqual(offered)
    // What is no command has a key, or nobody could do it.
    for (const action of actions.filter(({ keyOnly }) => keyOnly)) expect(action.keys?.length, action.id).toBeTruthy()
  })
})
