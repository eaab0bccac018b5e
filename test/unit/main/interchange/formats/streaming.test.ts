import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { owner } from '@shared/actor'
import { DataPlan } from '@shared/contract/interchange'
import { cocoVideo } from '@main/interchange/formats/coco-video'
import { datumaro } from '@main/interchange/formats/datumaro'
import { allFormats } from '@main/interchange/formats'
import { diveJson } from '@main/interchange/formats/dive-json'
import { via3 } from '@main/interchange/formats/via3'
import { DataImportService } from '@main/interchange/import-service'
import { FormatRegistry } from '@main/interchange/registry'
import { bytesOf } from '@main/interchange/source/source'
import { knottyVideo } from '../../../../support/foreign-readers'
import { contentsOf, knownVideo, memoryFile, readAll, written } from '../../../../support/memory-source'
import { aProject } from '../../../../support/project'

const clip = knottyVideo('clip')

/** The same JSON with its keys in reverse order, boxes before what they refer to. */
async function reversed(format: typeof cocoVideo, options: object = {}): Promise<[plain: string, reversed: string]> {
  const plain = (await bytesOf(await written('clip.json', format.write!(contentsOf([clip]), options)))).toString()
  const turned = Object.fromEntries(Object.entries(JSON.parse(plain) as object).reverse())
  return [plain, JSON.stringify(turned)]
}

describe('a file whose boxes stand before what they refer to reads alike', () => {
  test.each(['cocovid', 'tao', 'youtube-vis', 'kwcoco'])('COCO video, %s', async (dialect) => {
    const [plain, turned] = await reversed(cocoVideo, { dialect })
    const read = (text: string) => readAll(cocoVideo, memoryFile('clip.json', text), { videos: [knownVideo(clip)] })
    const [a, b] = [await read(plain), await read(turned)]
    expect(b.videos).toEqual(a.videos)
    expect([b.rows, b.notes]).toEqual([a.rows, []])
    expect(a.videos.get('clip')?.tracks).toHaveLength(2)
  })

  test('Datumaro JSON', async () => {
    const [plain, turned] = await reversed(datumaro)
    const read = (text: string) => readAll(datumaro, memoryFile('clip.json', text), { videos: [knownVideo(clip)] })
    const [a, b] = [await read(plain), await read(turned)]
    expect(b.videos).toEqual(a.videos)
    expect([b.rows, b.notes]).toEqual([a.rows, []])
    expect(a.videos.get('clip')?.tracks).toHaveLength(2)
  })

  test('VIA 3', async () => {
    const [plain, turned] = await reversed(via3)
    const read = (text: string) => readAll(via3, memoryFile('clip.json', text), { videos: [knownVideo(clip)] })
    const [a, b] = [await read(plain), await read(turned)]
    expect(b.videos).toEqual(a.videos)
    expect([b.rows, b.notes]).toEqual([a.rows, []])
    expect(a.videos.get('clip')?.tracks).toHaveLength(2)
  })

  test('DIVE JSON of version 2, and of version 1, which is the bare tracks', async () => {
    const [plain, turned] = await reversed(diveJson)
    const { tracks } = JSON.parse(plain) as { tracks: object }
    const read = (text: string) => readAll(diveJson, memoryFile('clip.json', text), { videos: [knownVideo(clip)] })
    const [a, b, first] = [await read(plain), await read(turned), await read(JSON.stringify(tracks))]
    expect(b.videos).toEqual(a.videos)
    expect(first.videos.get('clip')?.tracks).toEqual(a.videos.get('clip')?.tracks)
    expect(a.videos.get('clip')?.tracks).toHaveLength(2)
  })
})

describe('an import that is stopped', () => {
  let made: ReturnType<typeof aProject>
  beforeEach(() => (made = aProject()))
  afterEach(() => made.remove())

  test.each(['coco-video', 'cvat', 'datumaro', 'dive', 'mot', 'viame', 'via3'])(
    'while %s is read ends as interrupted, not as a fault of the file, and changes nothing',
    async (name) => {
      const { project, build, folder } = made
      build.video({ name: 'clip', record: { frames: 40 } })
      const format = new FormatRegistry(allFormats).get(name)
      const long = {
        ...clip,
        frames: 20_000,
        tracks: [{ ...clip.tracks[1]!, keyframes: clip.tracks[1]!.keyframes.slice(0, 1) }],
      }
      const source = await written('clip', format.write!(contentsOf([long]), {}))
      const file = source.isFolder ? source.open('gt/gt.txt') : source
      const path = join(folder, `clip${format.extensions[0]}`)
      const text = (await bytesOf(file)).toString()
      writeFileSync(path, name === 'dive' ? text + ' '.repeat(1_000_000) : text)
      const stop = new AbortController()
      const service = new DataImportService({ project, formats: new FormatRegistry(allFormats), onChange: () => {} })
      const plan = DataPlan.parse({ format: name, options: ['mot', 'viame'].includes(name) ? { video: 'clip' } : {} })
      const stopped = service.import(path, plan, { by: owner.id, signal: stop.signal, progress: () => stop.abort() })
      await expect(stopped).rejects.toMatchObject({ code: 'INTERRUPTED' })
      expect(project.repositories.attributes.count()).toBe(0)
    },
  )
})
