import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { owner } from '@shared/actor'
import { DataPlan } from '@shared/contract/interchange'
import { allFormats } from '@main/interchange/formats'
import { DataImportService } from '@main/interchange/import-service'
import { FormatRegistry } from '@main/interchange/registry'
import { openSource } from '@main/interchange/source/open-source'
import { memoryFile, readAll } from '../support/memory-source'
import { aProject } from '../support/project'
import { hasSharedData, sharedData } from '../support/shared-data'
import { type Truth, truthClip } from '../support/truth'

const maker = sharedData('make_annotation_fixtures.py')
const python = spawnSync('python3', ['--version']).status === 0
const registry = new FormatRegistry(allFormats)

describe.skipIf(!hasSharedData || !python)('one truth in many formats (needs shared data and python3)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'whynot-formats-'))
  let truth: Truth
  beforeAll(() => {
    execFileSync('python3', [maker, folder])
    truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('VIA has a box per key frame: they lie in the frames that their rounded times mean', async () => {
    for (const file of ['via3_project.json', 'via3.csv']) {
      const source = await openSource(join(folder, file))
      const [best] = await registry.candidates(source)
      const { videos } = await readAll(best!.format, source, {
        videos: [{ ...truthClip, name: 'cfr30.mp4' }],
        options: { link: false },
      })
      source.close()
      const frames = [...videos.values()]
        .flatMap(({ tracks }) => tracks.map(({ keyframes }) => keyframes[0]!.frame))
        .sort((a, b) => a - b)
      expect(frames).toEqual([0, 10, 30, 49, 60, 69, 89])
    }
  })

  test.each(['amt_batch_results.csv', 'amt_batch_results_bom.csv'])(
    '%s holds the answers and the box of the truth, its times in UTC, and its rejected row only when asked',
    async (file) => {
      const source = await openSource(join(folder, file))
      const [best] = await registry.candidates(source)
      expect(best?.format.name).toBe('mturk')
      const { parts, notes } = await readAll(best!.format, source, { videos: [truthClip], options: { frame: 10 } })
      source.close()
      expect(notes).toEqual([{ kind: 'skipped', line: 40, reason: 'the assignment of AWORKER3 was rejected' }])
      const videos = parts.flatMap((part) => (part.kind === 'video' ? [part.video] : []))
      const said = videos.map(({ answers }) => Object.fromEntries(answers.map((one) => [one.attribute, one.value])))
      expect(said).toEqual([{ rain: 'present', crowded: 'present' }, { rain: 'present' }])
      expect(truth.video_attributes).toEqual({ weather: 'rain', crowded: true })
      expect(videos.map(({ answers }) => answers[0]?.at)).toEqual([
        Date.UTC(2020, 10, 1, 7, 31, 1),
        Date.UTC(2020, 10, 1, 9, 31, 1),
      ])
      const [x1, y1, x2, y2] = truth.tracks['1']!.frames['10']!.box
      expect(videos[0]?.tracks).toMatchObject([
        { attribute: 'person', person: 'AWORKER1', keyframes: [{ frame: 10, box: { x1, y1, x2, y2 } }, { frame: 11 }] },
      ])
    },
  )
})

const tubes = sharedData('annotations/ucf101_24/pyannot.pkl')
const matlab = sharedData('annotations/ucf101_24/finalAnnots.mat')

describe.skipIf(!hasSharedData)('the boxes of UCF101-24 (need the shared data folder)', () => {
  test('pickle and MATLAB file hold the same 3194 videos, 4458 tubes and 573,862 boxes', async () => {
    const read = async (path: string) => {
      const source = await openSource(path)
      const [best] = await registry.candidates(source)
      expect(best?.format.name).toBe('ucf24')
      const found = await readAll(best!.format, source)
      source.close()
      return found
    }
    const [pickle, mat] = [await read(tubes), await read(matlab)]
    for (const { videos, rows } of [pickle, mat]) {
      expect(videos.size).toBe(3194)
      expect([...videos.values()].reduce((sum, { tracks }) => sum + tracks.length, 0)).toBe(4458)
      expect(rows).toBe(573_862)
    }
    const [a, b] = [pickle, mat].map(({ videos }) => videos.get('v_Basketball_g01_c01')!)
    expect(a!.tracks.map(({ keyframes }) => keyframes)).toEqual(b!.tracks.map(({ keyframes }) => keyframes))
    // 141 frames; the shooter from frame 8 to 50.
    expect(a).toMatchObject({ class: 'Basketball', group: 'Basketball_g01', frames: 141 })
    expect(a!.tracks[0]!.keyframes[0]).toMatchObject({ frame: 8, outside: false })
  })

  test('a library of all of them takes every tube, class and group, and both sides of the published split', async () => {
    const made = aProject()
    const service = new DataImportService({ project: made.project, formats: registry, onChange: () => {} })
    const bring = (path: string) => {
      const signal = new AbortController().signal
      return service.import(path, DataPlan.parse({}), { by: owner.id, signal })
    }
    const names = readFileSync(sharedData('annotations/ucf101_24/lili_lists/ucf101_24_anno_list.txt'), 'utf8')
    const record = { frames: 1000, width: 320, height: 240 }
    for (const line of names.trim().split(/\r?\n/)) made.build.video({ name: line.split('/')[1]!, record })
    const report = await bring(tubes)
    expect(report).toMatchObject({ videos: { matched: 3194, missing: 0 }, tracks: 4458, boxes: 573_862, reasons: [] })
    // Nine of the training list were left without boxes by the corrected annotations.
    const lists = 'annotations/ucf101_24/lili_lists/ucf24_'
    expect(await bring(sharedData(`${lists}trainlist01.txt`))).toMatchObject({ videos: { matched: 2284, missing: 9 } })
    expect(await bring(sharedData(`${lists}testlist01.txt`))).toMatchObject({ videos: { matched: 910, missing: 0 } })
    const videos = made.project.repositories.videos.all()
    expect(new Set(videos.map((video) => video.class)).size).toBe(24)
    expect(videos.filter(({ split }) => split === 'train')).toHaveLength(2284)
    made.remove()
  })

  test('a pickle that wants anything of Python but numpy is refused, and nothing of it is run', async () => {
    const evil = Buffer.from("cos\nsystem\n(S'touch /tmp/whynot-pickle'\ntR.", 'latin1')
    const reader = registry.get('ucf24')
    await expect(
      readAll(reader, memoryFile('evil.pkl', Buffer.concat([Buffer.from([0x80, 2]), evil]))),
    ).rejects.toMatchObject({
      code: 'BAD_SETTING',
      data: { reason: expect.stringContaining('os.system') },
    })
  })

  test('damaged pickles and MATLAB files end in a sentence or in fewer videos, never in a crash', async () => {
    const whole = readFileSync(tubes).subarray(0, 200_000)
    for (let i = 0; i < 60; i++) {
      const bytes = Buffer.from(i % 2 ? whole : readFileSync(matlab).subarray(0, 100_000))
      bytes[(i * 3571) % bytes.length]! ^= 1 << (i % 8)
      const read = await readAll(registry.get('ucf24'), memoryFile('damaged', bytes)).catch(
        (error: { code?: string }) => error,
      )
      if ('code' in read) expect(read.code).toBe('BAD_SETTING')
    }
  })
})

const exports = [
  'viame/detections.csv',
  'viame/groundtruth.csv',
  'viame/query_box.csv',
  'dive/tracks.json',
  'dagshub_fixtures/sample_video.xml',
  'dagshub_fixtures/sample_task.json',
  'dagshub_fixtures/gt.txt',
  'datumaro_mot/mot_seq',
  'datumaro_mot/mot_seq_with_seqinfo',
]

describe.skipIf(!hasSharedData)('files of other tools (need the shared data folder)', () => {
  test.each(exports)('%s is known by its look and has boxes', async (path) => {
    const file = sharedData(`exports/${path}`)
    const source = await openSource(file)
    const [best] = await registry.candidates(source)
    const expected = path.startsWith('viame')
      ? 'viame'
      : path.startsWith('dive')
        ? 'dive'
        : path.endsWith('.xml')
          ? 'cvat'
          : path.endsWith('.json')
            ? 'label-studio'
            : 'mot'
    expect(best?.format.name).toBe(expected)
    const { videos } = await readAll(best!.format, source, {
      videos: [{ ...truthClip, name: 'test_video', width: 1920, height: 1080 }],
    })
    source.close()
    expect([...videos.values()].flatMap(({ tracks }) => tracks).length).toBeGreaterThan(0)
  })
})
