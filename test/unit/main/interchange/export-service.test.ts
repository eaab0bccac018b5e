import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DataExport } from '@shared/contract/interchange'
import { DataExportService } from '@main/interchange/export-service'
import { allFormats } from '@main/interchange/formats'
import { FormatRegistry } from '@main/interchange/registry'
import { importText } from '../../../support/interchange'
import { aKeyframe, aProject } from '../../../support/project'

let made: ReturnType<typeof aProject>
beforeEach(() => {
  made = aProject()
  const { build } = made
  const [jump, pole] = [build.class('Jump'), build.attribute('pole')]
  const video = build.video({ name: 'clip', class: jump, split: 'train' })
  build.label(video, pole)
  build.track(video, pole, [aKeyframe(10), aKeyframe(20, 5), aKeyframe(30, 5, { outside: true })])
  build.video({ name: 'a,"b"', class: jump, split: 'test' })
})
afterEach(() => made.remove())

function exported(format: string, name: string, signal = new AbortController().signal) {
  const service = new DataExportService({ project: made.project, formats: new FormatRegistry(allFormats) })
  const out = join(made.folder, 'exports', name)
  return service.export(DataExport.parse({ format, out }), signal)
}

test('a file is written with its counts and what it does not hold', async () => {
  expect(await exported('labels', 'all.csv')).toMatchObject({
    format: 'labels',
    ...{ videos: 2, tracks: 1, boxes: 20 },
    losses: expect.arrayContaining(['boxes and tracks']),
  })
  const text = readFileSync(join(made.folder, 'exports/all.csv'), 'utf8')
  expect(text).toBe('video,class,split,attribute,value,source,person,time\r\nclip,Jump,train,pole,present,person,,\r\n')
})

test('several files are a folder, or a zip of the same bytes each time, that is read again', async () => {
  await exported('lists', 'lists')
  const folder = join(made.folder, 'exports/lists')
  expect(readdirSync(folder).sort()).toEqual(['classInd.txt', 'testlist01.txt', 'trainlist01.txt'])
  expect(readFileSync(join(folder, 'trainlist01.txt'), 'utf8')).toBe('Jump/clip 1\n')
  await exported('lists', 'one.zip')
  await exported('lists', 'two.zip')
  const bytes = readFileSync(join(made.folder, 'exports/one.zip'))
  expect(readFileSync(join(made.folder, 'exports/two.zip'))).toEqual(bytes)
  expect(await importText(made.project, { name: 'again.zip', text: bytes })).toMatchObject({
    format: 'lists',
    rows: { read: 2, skipped: 0 },
    questions: [],
    videos: { matched: 2, unmatched: [] },
  })
})

test('nothing is left of an export that is stopped, cannot be written, or has no such format', async () => {
  const stopped = new AbortController()
  stopped.abort()
  await expect(exported('jsonl', 'all.jsonl', stopped.signal)).rejects.toMatchObject({ code: 'INTERRUPTED' })
  await expect(exported('folders', 'x')).rejects.toMatchObject({
    data: { reason: expect.stringContaining('only read') },
  })
  await expect(exported('nonsense', 'x')).rejects.toMatchObject({ code: 'UNKNOWN_NAME' })
  await expect(exported('jsonl', '../project.db/x.jsonl')).rejects.toMatchObject({ code: 'FOLDER_NOT_WRITABLE' })
  expect(existsSync(join(made.folder, 'exports')) ? readdirSync(join(made.folder, 'exports')) : []).toEqual([])
})
