import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { allFormats } from '@main/interchange/formats'
import { FormatRegistry } from '@main/interchange/registry'
import { openSource } from '@main/interchange/source/open-source'
import { readAll } from '../support/memory-source'

const folder = resolve(import.meta.dirname, '../fixtures')

async function read(file: string) {
  const source = await openSource(resolve(folder, file))
  const [best] = await new FormatRegistry(allFormats).candidates(source)
  const found = await readAll(best!.format, source)
  source.close()
  return found
}

test('the answers of yoga6 are 25 attributes of 285 clips, and no person is on both sides', async () => {
  const { videos, notes } = await read('yoga6/answers.csv')
  const all = [...videos.values()]
  expect(notes).toEqual([])
  expect(all).toHaveLength(285)
  expect(new Set(all.flatMap(({ answers }) => answers.map(({ attribute }) => attribute))).size).toBe(25)
  const groups = (split: string) => new Set(all.filter((video) => video.split === split).map(({ group }) => group))
  expect([...groups('train')].filter((group) => groups('test').has(group))).toEqual([])
})

test('the boxes of yoga6 lie in its test clips, and only on what they show', async () => {
  const [{ videos: answered }, { videos: boxed }] = [await read('yoga6/answers.csv'), await read('yoga6/boxes.jsonl')]
  const tracks = [...boxed].flatMap(([name, video]) => video.tracks.map((track) => ({ name, track })))
  expect([boxed.size, tracks.length]).toEqual([86, 253])
  for (const { name, track } of tracks) {
    const video = answered.get(name)!
    expect(video.split).toBe('test')
    expect(
      video.answers.find(({ attribute }) => attribute === track.attribute)?.value,
      `${name}: ${track.attribute}`,
    ).toBe('present')
  }
})

test('the answers of skateboards are 14 attributes of 80 clips of two tricks at 18 places', async () => {
  const { videos, notes } = await read('skateboards/answers.csv')
  const all = [...videos.values()]
  expect(notes).toEqual([])
  expect(new Set(all.map((video) => video.class))).toEqual(new Set(['Kickflip', 'Ollie']))
  expect(new Set(all.map(({ group }) => group)).size).toBe(18)
  expect(new Set(all.flatMap(({ answers }) => answers.map(({ attribute }) => attribute))).size).toBe(14)
  expect(all).toHaveLength(80)
})
