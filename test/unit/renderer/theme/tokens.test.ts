import { expect, test } from 'vitest'
import { attributeLook } from '@renderer/theme/attribute-look'
import { type ColorName, attributePalette, colors, tokensCss } from '@renderer/theme/tokens'
import { contrast, difference, seenWith } from './color-vision'

const surfaces: ColorName[] = ['bg', 'surface', 'surface-2', 'surface-3', 'surface-pop']

for (const mode of ['dark', 'light'] as const) {
  const c = colors[mode]

  test(`${mode}: text reads on every surface up to 3`, () => {
    for (const text of ['text', 'text-2', 'text-3'] as const)
      for (const surface of surfaces)
        expect(contrast(c[text], c[surface]), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5)
  })

  test(`${mode}: words on filled buttons and containers read`, () => {
    const pairs: [ColorName, ColorName][] = [
      ['on-accent', 'accent'],
      ['on-accent-2', 'accent-2'],
      ['text', 'accent-3'],
      ['text', 'ok-2'],
      ['text', 'warn-2'],
      ['text', 'error-2'],
      ['ok', 'ok-2'],
      ['warn', 'warn-2'],
      ['error', 'error-2'],
      ['on-error', 'error'],
      ['accent', 'surface'],
    ]
    for (const [text, ground] of pairs)
      expect(contrast(c[text], c[ground]), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
  })

  test(`${mode}: edges of fields and the focus ring are seen`, () => {
    for (const surface of ['bg', 'surface', 'surface-2'] as const) {
      expect(contrast(c['line-3'], c[surface]), surface).toBeGreaterThanOrEqual(3)
      expect(contrast(c.accent, c[surface]), surface).toBeGreaterThanOrEqual(3)
    }
  })
}

test('any two attribute colours differ: by 20 for normal sight, by 12 for every dichromat', () => {
  const hues = attributePalette.map(({ color }) => color)
  const pairs = hues.flatMap((a, i) => hues.slice(i + 1).map((b) => [a, b] as const))
  const smallest = (see: (color: string) => readonly number[]) =>
    Math.min(...pairs.map(([a, b]) => difference(see(a), see(b))))
  expect(smallest((color) => seenWith('normal', color))).toBeGreaterThanOrEqual(19.5)
  for (const sight of ['protanopia', 'deuteranopia', 'tritanopia'] as const)
    expect(
      smallest((color) => seenWith(sight, color)),
      sight,
    ).toBeGreaterThanOrEqual(11.5)
})

test('the letter in a swatch reads', () => {
  for (let slot = 0; slot < 8; slot++) {
    const { color, on } = attributeLook(slot)
    expect(contrast(on, color), color).toBeGreaterThanOrEqual(4.5)
  }
})

test('the first 24 attributes all look different, by colour or line', () => {
  const looks = Array.from({ length: 24 }, (_, slot) => attributeLook(slot))
  expect(new Set(looks.map(({ color, style }) => `${color} ${style}`)).size).toBe(24)
  expect(looks[8]).toMatchObject({ color: looks[0]?.color, style: 'dashed' })
  expect(looks[16]).toMatchObject({ color: looks[0]?.color, style: 'dotted' })
})

test('every token of one theme is in the other, and in the CSS', () => {
  expect(Object.keys(colors.light)).toEqual(Object.keys(colors.dark))
  const css = tokensCss()
  for (const [name, value] of Object.entries(colors.light)) expect(css).toContain(`--${name}: ${value};`)
})
