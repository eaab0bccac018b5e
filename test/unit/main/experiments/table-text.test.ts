import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import type { Table } from '@main/experiments/result'
import { tableCsv, tableLines } from '@main/experiments/table-text'

const table: Table = {
  columns: [
    { key: 'method', title: 'Region' },
    { key: 'videos', title: 'videos' },
    { key: 'share', title: 'share' },
  ],
  rows: [
    {
      source: 'project',
      cells: { method: 'Snatch, "clean"\nand jerk', videos: 3, share: { value: 0.5, low: 0.25, high: 0.75, count: 4 } },
    },
    {
      source: 'paper',
      cells: { method: 'Paper', videos: null, share: { value: 0.89, low: null, high: null, count: null } },
    },
    { source: 'project', cells: { method: '=1+1' } },
  ],
}

test('a CSV file reads back as it was, whatever commas, quotes and line ends the names have', () => {
  const [head, first, paper, formula] = parse(tableCsv(table)) as string[][]
  expect(head).toEqual(['source', 'method', 'videos', 'share', 'share_low', 'share_high', 'share_count'])
  expect(first).toEqual(['project', 'Snatch, "clean"\nand jerk', '3', '0.5', '0.25', '0.75', '4'])
  expect(paper).toEqual(['paper', 'Paper', '', '0.89', '', '', ''])
  expect(formula, 'a name never becomes a formula').toEqual(['project', "'=1+1", '', '', '', '', ''])
})

test('a terminal has the interval and the count beside the value, and a dash where there is nothing', () => {
  const lines = tableLines({ ...table, rows: table.rows.slice(1).concat(table.rows.slice(0, 1)) })
  expect(lines[0]).toMatch(/^Region +videos +share$/)
  expect(lines[1]).toMatch(/^Paper +- +0\.89$/)
  expect(lines[2]).toMatch(/^=1\+1 +- +-$/)
  expect(lines[3]).toMatch(/3 +0\.50 \(0\.25-0\.75\) n 4$/)
})
