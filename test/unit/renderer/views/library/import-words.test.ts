import { expect, test } from 'vitest'
import { countMatrix } from '@renderer/views/library/count-matrix'
import { droppedPaths } from '@renderer/views/library/dropped-paths'
import { byReason, reportOf, reportWords } from '@renderer/views/library/import-words'
import { aClass, anAttribute } from '../../../../support/fake-api'

const dropped = (uris: string, text = '') =>
  droppedPaths({ getData: (kind) => (kind === 'text/uri-list' ? uris : text) })

test('dropped addresses become paths', () => {
  expect(dropped('# from a file manager\r\nfile:///films/a%20b.mp4\r\nfile:///films/c.mov')).toEqual([
    '/films/a b.mp4',
    '/films/c.mov',
  ])
  expect(dropped('file:///C:/films/a.mp4')).toEqual(['C:/films/a.mp4'])
})

test('plain paths are taken; other text is not', () => {
  expect(dropped('', '/films/one.mp4')).toEqual(['/films/one.mp4'])
  expect(dropped('', 'just words')).toEqual([])
  expect(dropped('https://example.org/a.mp4')).toEqual([])
})

test('a report is told with what was not fine', () => {
  const report = { rows: [], imported: 12, damaged: 1, failed: 2, duplicate: 0, unlisted: [], contradictions: [] }
  expect(reportWords(report)).toBe('12 videos imported, 1 damaged, 2 unreadable')
  expect(reportOf({ result: report })).toEqual(report)
  expect(reportOf({ result: { evaluation: 'e1' } })).toBeNull()
})

test('reasons are counted, the most frequent first', () => {
  const rows = ['a', 'b', 'c'].map((path) => ({ path, reason: path === 'b' ? 'rare' : 'often' }))
  expect(byReason(rows)).toEqual([
    { reason: 'often', paths: ['a', 'c'] },
    { reason: 'rare', paths: ['b'] },
  ])
})

test('the matrix has a row for each class, hot where half its videos or more have the attribute', () => {
  const [pole, ball] = [anAttribute(0), anAttribute(1)]
  const kick = aClass(1)
  const counts = [
    { class: kick.id, attribute: pole.id, videos: 5 },
    { class: kick.id, attribute: ball.id, videos: 4 },
  ]
  expect(
    countMatrix(counts, [kick, aClass(2)], { attributes: [pole, ball], videos: new Map([[kick.id, 10]]) }).map(
      ({ cells }) => cells.map(({ heat }) => heat),
    ),
  ).toEqual([
    [2, 1],
    [0, 0],
  ])
})
