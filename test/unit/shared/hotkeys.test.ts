import { expect, test } from 'vitest'
import { hotkeys, hotkeysOf } from '@shared/hotkeys'

const words = (...chosen: string[]) => chosen.map((hotkey) => ({ hotkey }))

test('words have the first keys that no other word was given', () => {
  expect(hotkeysOf(words('', '', ''))).toEqual(['1', '2', '3'])
  expect(hotkeysOf(words('', '1', '', 'Q 7'))).toEqual(['2', '1', '3', 'Q 7'])
})

test('no two words ever have one key, and the last of very many have none', () => {
  const many = hotkeysOf(words(...Array.from({ length: hotkeys.length + 2 }, (_, i) => (i === 40 ? '1' : ''))))
  const given = many.filter((key) => key !== null)
  expect(new Set(given).size).toBe(hotkeys.length)
  expect([many[0], many[40], many.at(-1)]).toEqual(['2', '1', null])
})
