import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { extract } from 'tar-stream'
import { afterAll, expect, test } from 'vitest'
import { shards } from '@main/interchange/formats/shards'
import { type Source, bytesOf } from '@main/interchange/source/source'
import { knottyVideo } from '../../../../support/foreign-readers'
import { contentsOf, written } from '../../../../support/memory-source'

const folder = mkdtempSync(join(tmpdir(), 'whynot-shards-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Files of a tar by name. */
async function unpacked(tar: Source): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  const entries = extract()
  Readable.from([await bytesOf(tar)]).pipe(entries)
  for await (const entry of entries) {
    const pieces: Buffer[] = []
    for await (const piece of entry) pieces.push(piece as Buffer)
    files.set(entry.header.name, Buffer.concat(pieces))
  }
  return files
}

test('a shard holds each film as it is beside its labels; a split has its own, and each at most so many videos', async () => {
  const path = join(folder, 'a.b.MP4')
  writeFileSync(path, 'film')
  const names = ['a.b', 'second', 'third', 'no split']
  const videos = names.map((name, i) => {
    const about = { split: i < 3 ? ('train' as const) : null, path: i === 0 ? path : '/gone.mp4', class: 'Jump' }
    return { ...knottyVideo(name), ...about }
  })
  const contents = { ...contentsOf(videos), classes: ['Run', 'Jump'] }
  const write = () => written('shards', shards.write!(contents, { perShard: 2 }))
  const source = await write()
  expect(source.files()).toEqual(['none-000000.tar', 'train-000000.tar', 'train-000001.tar', 'vocabulary.json'])
  const first = await unpacked(source.open('train-000000.tar'))
  expect([...first.keys()]).toEqual(['000000_a_b.mp4', '000000_a_b.json', '000001_second.json'])
  expect(first.get('000000_a_b.mp4')!.toString()).toBe('film')
  const labels = JSON.parse(first.get('000000_a_b.json')!.toString()) as Record<string, unknown> & { tracks: object[] }
  expect(labels).toMatchObject({ video: 'a.b', film: true, class: 'Jump', class_index: 1, split: 'train', frames: 40 })
  const { attributes } = JSON.parse((await bytesOf(source.open('vocabulary.json'))).toString()) as {
    attributes: string[]
  }
  const of = (word: string) => (labels.labels as number[])[attributes.indexOf(word)]
  expect([of('using pole'), of('赤い旗'), of('a/b'), of('person')]).toEqual([1, 0, -1, -1])
  expect(labels.tracks[0]).toMatchObject({ attribute: 'person' })
  expect((labels.tracks[0] as { boxes: number[][] }).boxes[0]).toEqual([3, 10, 20, 40.5, 80, 0])
  expect((await unpacked(source.open('none-000000.tar'))).size).toBe(1)
  const again = await write()
  expect((await bytesOf(again.open('train-000000.tar'))).equals(await bytesOf(source.open('train-000000.tar')))).toBe(
    true,
  )
})
