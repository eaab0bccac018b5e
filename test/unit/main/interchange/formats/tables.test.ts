import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { WrittenOutcome } from '@main/interchange/format'
import { tables } from '@main/interchange/formats/tables'
import { bytesOf } from '@main/interchange/source/source'
import { parquetChunks } from '@main/interchange/tables/parquet'
import { hasReader, knottyVideo, readBy } from '../../../../support/foreign-readers'
import { contentsOf, written } from '../../../../support/memory-source'

const folder = mkdtempSync(join(tmpdir(), 'whynot-tables-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const outcome: WrittenOutcome = {
  ...{ evaluation: 'E', run: 'r', method: 'method', video: 'clip', label: 'Jump', pos: 'Jump', neg: 'Run, fast' },
  ...{ attribute: 'pole', covers: null, cause: 'boxWrong', rank: 0, hitRank: 1, negTies: null, unionNegTies: null },
  ...{
    score: 0.25,
    minScore: -1,
    area: null,
    presence: 0.97,
    agreement: null,
    iou: 0.5,
    negRank: 1.5,
    unionNegRank: null,
  },
  ...{ posBefore: 0.9, posAfter: 0.4, negBefore: 0.1, negAfter: 0.6 },
  ...{ supported: true, assigned: true, hasBoxes: false, right: null },
  tube: [
    { frame: 3, box: { x1: 1, y1: 2, x2: 3, y2: 4.5 } },
    { frame: 4, box: { x1: 1, y1: 2, x2: 3, y2: 4.5 } },
  ],
}
const contents = {
  ...contentsOf([knottyVideo('clip')]),
  outcomes: () => [outcome, { ...outcome, method: 'randomTube' }],
}

async function inFolder(file: 'parquet' | 'csv'): Promise<string> {
  const source = await written('tables', tables.write!(contents, { file }))
  const to = join(folder, file)
  mkdirSync(to, { recursive: true })
  for (const path of source.files()) writeFileSync(join(to, path), await bytesOf(source.open(path)))
  return to
}

describe('tables', () => {
  test('hold a row per answer, track, box, output of an evaluation, and frame of an explanation', async () => {
    const source = await written('tables', tables.write!(contents, { file: 'csv' }))
    const lines = async (name: string) => (await bytesOf(source.open(`${name}.csv`))).toString().trim().split('\n')
    const rows = async (name: string) => (await lines(name)).length - 1
    expect(await Promise.all(['answers', 'tracks', 'boxes', 'outcomes', 'explanations'].map(rows))).toEqual([
      3, 2, 60, 2, 2,
    ])
    expect((await lines('boxes'))[1]).toBe('clip,0,person,3,10,20,40.5,80,False,True')
    expect((await lines('explanations'))[1]).toBe('E,clip,Jump,"Run, fast",pole,0,3,1,2,3,4.5')
    expect((await lines('outcomes'))[1]).toBe(
      'E,r,method,clip,Jump,Jump,"Run, fast",pole,,boxWrong,0,1,,,0.25,-1,,0.97,,0.5,1.5,,0.9,0.4,0.1,0.6,True,True,False,',
    )
  })

  test('are written a part at a time, and equal contents are equal bytes', () => {
    const rows = Array.from({ length: 120_000 }, (_, i) => i)
    const table = () => ({
      name: 'n',
      rows,
      columns: [{ name: 'n', type: 'INT32' as const, of: (row: number) => row }],
    })
    const [a, b] = [[...parquetChunks(table())], [...parquetChunks(table())]]
    expect(a.length).toBeGreaterThan(3)
    expect(Buffer.concat(a).equals(Buffer.concat(b))).toBe(true)
  })

  test.skipIf(!hasReader('datumaro')).each(['parquet', 'csv'] as const)(
    'are read by pandas from %s (needs pandas and pyarrow: npm run slow -- formats)',
    async (file) => {
      const found = readBy('datumaro', 'pandas_reads.py', [await inFolder(file), file]) as unknown as Record<
        string,
        { rows: number; columns: Record<string, string>; first: Record<string, unknown> | null }
      >
      expect(Object.fromEntries(Object.entries(found).map(([name, { rows }]) => [name, rows]))).toEqual({
        ...{ answers: 3, tracks: 2, boxes: 60, outcomes: 2, explanations: 2 },
      })
      expect(found.boxes!.first).toEqual({
        ...{ video: 'clip', track: 0, attribute: 'person', frame: 3 },
        ...{ x1: 10, y1: 20, x2: 40.5, y2: 80, occluded: false, keyframe: true },
      })
      expect(found.boxes!.columns).toMatchObject({ occluded: 'bool', keyframe: 'bool' })
      expect(found.outcomes!.first).toMatchObject({ neg: 'Run, fast', neg_rank: 1.5, area: null, has_boxes: false })
    },
  )
})
