import fc from 'fast-check'
import { expect, test } from 'vitest'
import { viameCsv } from '@main/interchange/formats/viame-csv'
import { recordsOf } from '@main/interchange/kit/csv-rows'
import { anyVideo } from '../../../../support/arbitrary-video'
import { contentsOf, written } from '../../../../support/memory-source'

/** DIVE's reader (github.com/Kitware/dive, server/dive_utils/serializers/viame.py): comments, then rows of nine cells and more. */
const header = /^# 1: Detection or Track-id$/
const numbers = /^-?\d+(\.\d+)?$/
const token = /^\((kp|atr|trk-atr|poly|hole|note)\) \S/

test('what is written is a VIAME CSV as DIVE reads it, each track in rising order of frame', async () => {
  await fc.assert(
    fc.asyncProperty(anyVideo('clip'), async (video) => {
      const file = await written('clip.csv', viameCsv.write!(contentsOf([video]), {}))
      const last = new Map<string, number>()
      const rows: string[][] = []
      for await (const { record } of recordsOf(file, 'auto', { delimiter: ',', onBroken: () => {} })) rows.push(record)
      expect(rows[0]![0]).toMatch(header)
      expect(rows[1]).toEqual(['# metadata', 'fps: 25'])
      for (const row of rows.slice(2)) {
        const [id = '', clock, frame, ...rest] = row
        expect(id).toMatch(/^\d+$/)
        expect(clock).toMatch(/^\d\d:\d\d:\d\d\.\d{6}$/)
        expect(Number(frame)).toBeGreaterThan(last.get(id) ?? -1)
        last.set(id, Number(frame))
        expect(rest.slice(0, 6).every((cell) => numbers.test(cell))).toBe(true)
        expect(rest[6]).not.toMatch(/^\(|^$/)
        expect(rest[7]).toMatch(numbers)
        for (const more of rest.slice(8)) expect(more).toMatch(token)
      }
    }),
    { numRuns: 60, seed: 3 },
  )
})
