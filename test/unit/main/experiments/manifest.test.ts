import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ExperimentManifest } from '@main/experiments/manifest'
import { OutFolder } from '@main/experiments/out-folder'
import { temporaryFolder } from '../../../support/project'

let home: ReturnType<typeof temporaryFolder>
beforeEach(() => (home = temporaryFolder()))
afterEach(() => home.remove())

const open = () => ExperimentManifest.open(new OutFolder(home.path), 'p')

test('a part counts as made while its files are there and it was made from the same', () => {
  const out = new OutFolder(home.path)
  out.write('table2.csv', 'x')
  const manifest = open()
  manifest.putPart('table2', { seed: 1, run: undefined }, ['table2.csv'])
  expect(open().isMade('table2', { seed: 1 })).toBe(true)
  expect(open().isMade('table2', { seed: 2 })).toBe(false)
  expect(open().isMade('table3', { seed: 1 })).toBe(false)
  expect(open().made()).toEqual(['table2'])
  manifest.putPart('table2', { seed: 1 }, ['table2.csv', 'gone.json'])
  expect(open().isMade('table2', { seed: 1 })).toBe(false)
  expect(open().made()).toEqual([])
})

test('a list that is none of ours is refused and left alone', () => {
  writeFileSync(join(home.path, 'experiment.json'), '{"version": 9}')
  expect(open).toThrow(
    expect.objectContaining({ code: 'BAD_SETTING', data: expect.objectContaining({ setting: '--out' }) }),
  )
  expect(readFileSync(join(home.path, 'experiment.json'), 'utf8')).toBe('{"version": 9}')
})

test('what a program left in the middle of a file is cleared away; finished files stay', () => {
  writeFileSync(join(home.path, 'table2.csv.unfinished'), 'half')
  writeFileSync(join(home.path, 'table2.csv'), 'whole')
  const out = new OutFolder(home.path)
  expect(readdirSync(home.path)).toEqual(['table2.csv'])
  expect(out.read('table2.csv')).toBe('whole')
  expect(out.read('table3.csv')).toBeNull()
})

test('a folder that is a file is refused in a sentence', () => {
  const file = join(home.path, 'file')
  writeFileSync(file, '')
  expect(() => new OutFolder(file)).toThrow(expect.objectContaining({ code: 'FOLDER_NOT_WRITABLE' }))
  expect(existsSync(file)).toBe(true)
})
