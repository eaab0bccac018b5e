import { defineStore } from 'pinia'
import { computed, onScopeDispose, shallowRef } from 'vue'
import { pressedKey } from './keys'

/**
 * One thing a person can do, as toolbar, Ctrl+K, menus and the key map read it. Where two that are there have one key or
 * one id, the one that came last counts: a screen's over the shell's.
 */
export interface Action {
  /** `edit.undo` and `edit.redo` are what the arrows of the top bar do. */
  id: string
  /** The menu text; a function where it changes. */
  name: string | (() => string)
  /** Heading in the key map: "Everywhere", or the screen. */
  group: string
  /** As `pressedKey` writes them, "Ctrl+K"; "G L" for two presses in a row. */
  keys?: readonly string[]
  /** Path of an icon of @mdi/js. */
  icon?: string
  /** Whether it can be done now; it always can when left out. */
  allowed?: () => boolean
  run: () => void
  /** Only a key; not offered by Ctrl+K. */
  keyOnly?: boolean
  /** False for one of many alike, of which the key map shows only the first. */
  listed?: boolean
  /** Its keys work while a text field has the focus; those with Ctrl always do. */
  inFields?: boolean
}

/** How long the second press of "G L" may take, ms. */
const patience = 1200

/** All actions that are there now. */
export const useActionRegistry = defineStore('actions', () => {
  const lists = shallowRef<readonly (readonly Action[])[]>([])
  const actions = computed(() => {
    const byId = new Map<string, Action>()
    for (const list of lists.value) for (const action of list) byId.set(action.id, action)
    return [...byId.values()]
  })

  /** @returns what takes the actions away again */
  function add(list: readonly Action[]): () => void {
    lists.value = [...lists.value, list]
    return () => (lists.value = lists.value.filter((other) => other !== list))
  }

  function find(id: string): Action | undefined {
    return actions.value.find((action) => action.id === id)
  }

  /** The action that `keys` means now; the last one added of those allowed. */
  function meantBy(keys: string): Action | undefined {
    return actions.value.findLast((action) => action.keys?.includes(keys) && isAllowed(action))
  }

  function beginsSequence(key: string): boolean {
    return actions.value.some((action) => action.keys?.some((keys) => keys.startsWith(`${key} `)))
  }

  return { actions, add, find, meantBy, beginsSequence }
})

export function isAllowed(action: Action): boolean {
  return action.allowed?.() ?? true
}

export function nameOf({ name }: Action): string {
  return typeof name === 'string' ? name : name()
}

/** Offers actions as long as the component that calls it is there. */
export function useActions(list: readonly Action[]): void {
  onScopeDispose(useActionRegistry().add(list))
}

/** Runs actions by their keys. Fields keep their letters, buttons their Enter and Space, dialogs all keys but Escape. */
export function useActionKeys(target: Window = window): void {
  const registry = useActionRegistry()
  let pending: { key: string; at: number } | null = null

  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return
    const key = pressedKey(event)
    if (!key || isInDialog(event.target)) return
    const before = pending && event.timeStamp - pending.at < patience ? pending.key : null
    pending = null
    const action = (before && registry.meantBy(`${before} ${key}`)) || registry.meantBy(key)
    if (action && mayRun(action, key, event.target)) {
      event.preventDefault()
      action.run()
    } else if (!isField(event.target) && registry.beginsSequence(key)) pending = { key, at: event.timeStamp }
  }

  target.addEventListener('keydown', onKey)
  onScopeDispose(() => target.removeEventListener('keydown', onKey))
}

function mayRun(action: Action, key: string, target: EventTarget | null): boolean {
  if (isField(target)) return key.startsWith('Ctrl+') || action.inFields === true
  const pressesIt = key === 'Enter' || key === 'Space'
  return !(pressesIt && target instanceof Element && target.closest(pressable))
}

const pressable = 'button, a[href], summary, input, select, [role=button], [role=menuitem], [role=tab]'

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'range', 'button'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target.isContentEditable || target.getAttribute('role') === 'combobox'
}

function isInDialog(target: EventTarget | null): boolean {
  // A menu that is leaving holds the focus for a moment, and no more keys.
  if (target instanceof Element && target.closest('.v-menu.v-overlay--active')) return true
  return document.querySelector('.v-overlay--active.v-dialog') !== null
}
