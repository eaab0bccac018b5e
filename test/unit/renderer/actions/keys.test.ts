import { expect, test } from 'vitest'
import { type KeyPress, keyCaps, pressedKey } from '@renderer/actions/keys'

const press = (key: string, of: Partial<KeyPress> = {}) =>
  pressedKey({ ...{ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }, ...of })

test('letters are written large, with what is held', () => {
  expect(press('z', { ctrlKey: true })).toBe('Ctrl+Z')
  expect(press('Z', { ctrlKey: true, shiftKey: true })).toBe('Ctrl+Shift+Z')
})

test('Command counts as Ctrl', () => {
  expect(press('k', { metaKey: true })).toBe('Ctrl+K')
})

test('Shift and a digit is the digit of the row, whatever sign that makes', () => {
  expect(press('!', { code: 'Digit1', shiftKey: true })).toBe('Shift+1')
  expect(press('"', { code: 'Digit2', shiftKey: true })).toBe('Shift+2')
})

test('a question mark is itself, on any keyboard', () => {
  expect(press('?', { code: 'Slash', shiftKey: true })).toBe('?')
  expect(press('?', { code: 'Minus', shiftKey: true })).toBe('?')
})

test('a held modifier alone is no key', () => {
  expect(press('Control', { ctrlKey: true })).toBeNull()
})

test('named keys keep their names', () => {
  expect(press(' ')).toBe('Space')
  expect(press('ArrowLeft', { altKey: true })).toBe('Alt+ArrowLeft')
  expect(press('F6', { shiftKey: true })).toBe('Shift+F6')
})

test('caps show arrows and sequences key by key', () => {
  expect(keyCaps('Ctrl+Shift+ArrowLeft')).toEqual(['Ctrl', '⇧', '←'])
  expect(keyCaps('G L')).toEqual(['G', 'L'])
})
