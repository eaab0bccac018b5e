import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { AttributeId } from '@shared/ids'
import { outcomesCsv, outcomesJson } from '@shared/outcome-rows'
import { anOutcome } from '../../support/fake-measures'

const names = {
  attribute: (id: string) => (id === 'a0' ? 'pole, "striped"' : id),
  class: (id: string) => `=class ${id}`,
}
const rows = [
  anOutcome(0, { mark: { cause: 'boxWrong', note: 'a line\nand another' } }),
  anOutcome(1, { covers: null, tube: [], attribute: AttributeId.parse('a1') }),
]

test('the CSV reads back as what was written, one row an output', () => {
  const read = parse(outcomesCsv(rows, names), { columns: true }) as Record<string, string>[]
  expect(read).toHaveLength(2)
  expect(read[0]).toMatchObject({ video: 'test_0', attribute: 'pole, "striped"', note: 'a line\nand another' })
  expect(read[1]).toMatchObject({ covers: '', firstFrame: '', cause: '' })
})

test('a name that a sheet would take for a formula is kept as words', () => {
  const [first] = parse(outcomesCsv(rows, names), { columns: true }) as Record<string, string>[]
  expect(first!.a).toBe("'=class c1")
})

test('the JSON has the tubes', () => {
  const read = JSON.parse(outcomesJson(rows, names)) as { tube: unknown[]; iou: number }[]
  expect(read.map(({ tube }) => tube.length)).toEqual([rows[0]!.tube.length, 0])
})

test('no rows are still a file with a head', () => {
  expect(outcomesCsv([], names)).toMatch(/^video,a,b,label/)
  expect(outcomesJson([], names)).toBe('[]')
})
