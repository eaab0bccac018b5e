/** What of a key press decides which action it means. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

const named: Record<string, string> = { ' ': 'Space', Esc: 'Escape', Del: 'Delete' }

/**
 * A key press as actions write it: "Ctrl+Shift+Z", "Shift+3", "?", "ArrowLeft". Digits are those of the row whatever
 * Shift makes of them; other signs stand for themselves, without Shift. Command counts as Ctrl.
 * @returns null for a lone modifier
 */
export function pressedKey({ key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string | null {
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Unidentified'].includes(key)) return null
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]
  const letter = /^\p{L}$/u.test(key) ? key.toUpperCase() : null
  const sign = !digit && !letter && key.length === 1 && key !== ' '
  const name = digit ?? letter ?? named[key] ?? key
  const parts = [ctrlKey || metaKey ? 'Ctrl' : '', altKey ? 'Alt' : '', shiftKey && !sign ? 'Shift' : '', name]
  return parts.filter(Boolean).join('+')
}

const shown: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Shift: '⇧',
  Backspace: '⌫',
  Delete: 'Del',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Enter: 'Enter',
}

/** The caps to draw for "Ctrl+Shift+Z" or a sequence "G L". */
export function keyCaps(keys: string): string[] {
  return keys.split(' ').flatMap((press) => {
    const parts = press === '+' ? ['+'] : press.split('+')
    return parts.map((part) => shown[part] ?? part)
  })
}
