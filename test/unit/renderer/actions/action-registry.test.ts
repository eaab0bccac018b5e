import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { defineComponent, h, nextTick, ref } from 'vue'
import { expect, test, vi } from 'vitest'
import { type Action, useActionKeys, useActionRegistry, useActions } from '@renderer/actions/action-registry'

/** A shell with keys, a screen that can come and go, and a text field. */
function aWindow(shell: Action[], screen: Action[] = []) {
  const shows = ref(true)
  const Screen = defineComponent({ setup: () => (useActions(screen), () => h('button', 'press me')) })
  const Shell = defineComponent({
    setup() {
      useActions(shell)
      useActionKeys()
      return { registry: useActionRegistry() }
    },
    render: () => h('div', [h('input'), shows.value ? h(Screen) : null]),
  })
  const wrapper = mount(Shell, { attachTo: document.body, global: { plugins: [createPinia()] } })
  const press = (key: string, of: KeyboardEventInit = {}, target: Element = document.body) =>
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...of }))
  return { wrapper, press, shows, registry: useActionRegistry() }
}

const action = (id: string, keys: string[], run = vi.fn(), more: Partial<Action> = {}) => ({
  ...{ id, name: id, group: 'Test', keys, run },
  ...more,
})

test('a key runs its action', () => {
  const open = action('open', ['Ctrl+K'])
  const { press } = aWindow([open])
  press('k', { ctrlKey: true })
  expect(open.run).toHaveBeenCalledOnce()
})

test('two presses in a row are a sequence, if the second comes soon', () => {
  vi.useFakeTimers()
  const go = action('go', ['G L'])
  const { press } = aWindow([go])
  press('g')
  press('l')
  expect(go.run).toHaveBeenCalledOnce()
  vi.useRealTimers()
})

test("a screen's action comes before the shell's of the same key, as long as the screen is there", async () => {
  const [general, special] = [action('general', ['N']), action('special', ['N'])]
  const { press, shows } = aWindow([general], [special])
  press('n')
  shows.value = false
  await nextTick()
  press('n')
  expect(special.run).toHaveBeenCalledOnce()
  expect(general.run).toHaveBeenCalledOnce()
})

test('an action that is not allowed now leaves its key to another', () => {
  const [general, special] = [action('general', ['N']), action('special', ['N'], vi.fn(), { allowed: () => false })]
  const { press } = aWindow([general], [special])
  press('n')
  expect(special.run).not.toHaveBeenCalled()
  expect(general.run).toHaveBeenCalledOnce()
})

test('in a text field letters are letters; keys with Ctrl still act', () => {
  const [letter, chord] = [action('letter', ['N']), action('chord', ['Ctrl+Z'])]
  const { press, wrapper } = aWindow([letter, chord])
  const field = wrapper.get('input').element
  press('n', {}, field)
  press('z', { ctrlKey: true }, field)
  expect(letter.run).not.toHaveBeenCalled()
  expect(chord.run).toHaveBeenCalledOnce()
})

test('Enter on a button presses the button, not the action', () => {
  const submit = action('submit', ['Enter'])
  const { press, wrapper } = aWindow([submit])
  press('Enter', {}, wrapper.get('button').element)
  expect(submit.run).not.toHaveBeenCalled()
  press('Enter')
  expect(submit.run).toHaveBeenCalledOnce()
})

test('of two actions with one id the last one is found', () => {
  const { registry } = aWindow(
    [action('edit.undo', ['Ctrl+Z'])],
    [action('edit.undo', ['Ctrl+Z'], vi.fn(), { name: 'Undo this' })],
  )
  expect(registry.find('edit.undo')?.name).toBe('Undo this')
  expect(registry.actions).toHaveLength(1)
})

test('keys in a menu are its own while it is open, and not while it leaves', () => {
  const open = action('open', ['Shift+F10'])
  const { press } = aWindow([open])
  const menu = document.body.appendChild(document.createElement('div'))
  menu.className = 'v-overlay v-menu v-overlay--active'
  const item = menu.appendChild(document.createElement('button'))
  press('F10', { shiftKey: true }, item)
  expect(open.run).not.toHaveBeenCalled()
  menu.classList.remove('v-overlay--active')
  press('F10', { shiftKey: true }, item)
  expect(open.run).toHaveBeenCalledOnce()
})
