import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stripOrdinals } from '@main/media/import/posters'

test('the pictures of a strip rise, are there, and each begins a group', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), (frames) => {
      const ordinals = stripOrdinals(frames)
      expect(ordinals.length).toBeGreaterThan(0)
      expect(ordinals.length).toBeLessThanOrEqual(10)
      expect(ordinals[0]).toBe(0)
      for (const ordinal of ordinals) expect(ordinal % 12 === 0 && ordinal < frames).toBe(true)
      expect([...new Set(ordinals)].sort((a, b) => a - b)).toEqual(ordinals)
    }),
  )
})
