import { describe, expect, test } from 'vitest'
import type { KnownVideo } from '@main/interchange/format'
import { allFormats } from '@main/interchange/formats'
import { FormatRegistry } from '@main/interchange/registry'
import { bytesOf } from '@main/interchange/source/source'
import { knottyVideo } from '../../../../support/foreign-readers'
import { aFolder } from '../../../../support/interchange'
import { contentsOf, knownVideo, memoryFile, readAll, written } from '../../../../support/memory-source'

const registry = new FormatRegistry(allFormats)
const clip: KnownVideo = knownVideo(knottyVideo('clip'))

async function read(format: string, name: string, text: string, options: object = {}) {
  const { videos, notes, rows, losses } = await readAll(registry.get(format), memoryFile(name, text), {
    videos: [clip],
    options,
  })
  const tracks = [...videos.values()].flatMap((video) => video.tracks)
  const answers = [...videos.values()].flatMap((video) => video.answers.map(({ attribute }) => attribute))
  return {
    tracks,
    answers,
    notes,
    rows,
    losses: Object.fromEntries(losses),
    boxes: tracks.flatMap(({ keyframes }) => keyframes.map(({ frame }) => frame)),
  }
}

/** What users of other tools reported, each a small file (docs/formats.md, "What goes wrong elsewhere"). */
describe('MOT', () => {
  test('rows may have spaces after their commas', async () => {
    const { tracks, notes } = await read('mot', 'gt.txt', '1, 1, 162, 367, 93, 110, 1, 1, 1\n', { video: 'clip' })
    expect(notes).toEqual([])
    expect(tracks[0]?.keyframes[0]).toMatchObject({ frame: 0, box: { x1: 162, y1: 367, x2: 255, y2: 477 } })
  })

  test('frame 0 is said, and taken where the file is said to count from 0', async () => {
    const text = '0,1,1,2,3,4,1,1,1\n'
    const { notes } = await read('mot', 'gt.txt', text, { video: 'clip' })
    expect(notes).toMatchObject([{ kind: 'outOfRange', line: 1, reason: expect.stringContaining('firstFrame 0') }])
    expect((await read('mot', 'gt.txt', text, { video: 'clip', firstFrame: '0' })).boxes[0]).toBe(0)
  })
})

test('MOT: pictures may be named by numbers alone, and stand in any order', async () => {
  const pictures = Object.fromEntries(['000003', '000001', '000002'].map((name) => [`img1/${name}.jpg`, '']))
  const folder = aFolder('clip', { ...pictures, 'gt/gt.txt': '3,1,5,6,7,8,1,1,1\n1,1,1,2,3,4,1,1,1\n' })
  expect((await registry.candidates(folder))[0]?.format.name).toBe('mot')
  const { videos, notes } = await readAll(registry.get('mot'), folder, { videos: [clip] })
  expect(notes).toEqual([])
  const [track] = videos.get('clip')!.tracks
  expect(track!.keyframes.map(({ frame, outside }) => [frame, outside])).toEqual([
    ...[
      [0, false],
      [1, true],
      [2, false],
      [3, true],
    ],
  ])
})

test('CVAT: of 52 boxes, those that are no key frames make none', async () => {
  const box = (frame: number, x: number) =>
    `<box frame="${frame}" keyframe="${Number(frame % 10 === 0)}" outside="0" occluded="0" xtl="${x}" ytl="1" xbr="${x + 9}" ybr="9"/>`
  const boxes = Array.from({ length: 40 }, (_, frame) => box(frame, (frame % 7) + 1)).join('')
  const text = `<annotations><version>1.1</version><meta><task><name>clip</name></task></meta><track id="0" label="a">${boxes}</track></annotations>`
  expect((await read('cvat', 'clip.xml', text)).boxes).toEqual([0, 10, 20, 30])
})

test('Label Studio: rotation, time and enabled may be missing', async () => {
  const entry = { x: 10, y: 20, width: 30, height: 40 }
  const sequence = [
    { frame: 1, ...entry },
    { frame: 11, ...entry, x: 20, rotation: 0, enabled: true, time: 0.4 },
  ]
  const result = [{ id: 'a', type: 'videorectangle', value: { sequence, labels: 'person' } }]
  const tasks = [{ data: { video: 'clip' }, annotations: [{ result }] }]
  const { tracks, notes } = await read('label-studio', 'a.json', JSON.stringify(tasks))
  expect(notes).toEqual([])
  expect(tracks).toMatchObject([
    {
      attribute: 'person',
      keyframes: [
        { frame: 0, box: { x1: 20, x2: 80 } },
        { frame: 10, box: { x1: 40, x2: 100 } },
      ],
    },
  ])
})

describe('VIAME CSV', () => {
  const row = (frame: number, words = 'person,1') => `0,00:00:00,${frame},1,2,30,40,1,-1,${words}`

  test('rows may stand in any order', async () => {
    const { boxes, notes } = await read('viame', 'clip.csv', [row(9), row(7), row(8)].join('\n'))
    expect([boxes, notes]).toEqual([[7, 9, 10], []])
  })

  test('words with spaces, commas and quotes come back', async () => {
    const [first] = knottyVideo('clip').tracks
    for (const attribute of ['body colour red', 'a, "b"', ' (x) ']) {
      const video = { ...knottyVideo('clip'), tracks: [{ ...first!, attribute }] }
      const file = await written('clip.csv', registry.get('viame').write!(contentsOf([video]), {}))
      const { tracks } = await read('viame', 'clip.csv', (await bytesOf(file)).toString())
      expect(tracks[0]?.attribute).toBe(attribute.trim())
    }
  })

  test('another rate than the video has is said', async () => {
    const { notes, boxes } = await read('viame', 'clip.csv', `# metadata,fps: 5\n${row(2)}`)
    expect(notes[0]?.reason).toContain('5 a second and the video has 25')
    expect(boxes[0]).toBe(10)
  })

  test('ten words over twenty minutes are all there', async () => {
    const frames = 20 * 60 * 25
    const [first] = knottyVideo('clip').tracks
    const keyframes = [{ frame: 0, box: { x1: 1, y1: 2, x2: 3, y2: 4 }, outside: false, occluded: false }]
    const tracks = Array.from({ length: 10 }, (_, i) => ({ ...first!, attribute: `word ${i}`, keyframes }))
    let rows = 0
    for (const { chunks } of registry.get('viame').write!(contentsOf([{ ...knottyVideo('clip'), frames, tracks }]), {}))
      for await (const chunk of chunks)
        rows += chunk
          .toString()
          .split('\n')
          .filter((line) => /^\d/.test(line)).length
    expect(rows).toBe(10 * frames)
  })
})

describe('what single boxes say has no place in a project, and is counted', () => {
  test('CVAT: mutable attributes', async () => {
    const box = (frame: number, action: string) =>
      `<box frame="${frame}" keyframe="1" outside="0" occluded="0" xtl="1" ytl="1" xbr="9" ybr="9"><attribute name="action">${action}</attribute></box>`
    const text = `<annotations><version>1.1</version><meta><task><name>clip</name></task></meta><track id="0" label="a">${box(1, 'walk')}${box(9, 'run')}</track></annotations>`
    const { tracks, losses } = await read('cvat', 'clip.xml', text)
    expect([tracks.length, losses]).toEqual([1, { 'the attribute "action" of single boxes': 2 }])
    const image = `<annotations><version>1.1</version><meta><task><name>clip</name></task></meta><image id="0" name="a.png"><box label="a" occluded="0" xtl="1" ytl="1" xbr="9" ybr="9"><attribute name="action">walk</attribute></box></image></annotations>`
    expect((await read('cvat-images', 'clip.xml', image)).losses).toEqual({
      'the attribute "action" of single boxes': 1,
    })
  })

  test('VIAME: tokens, but for what is hidden', async () => {
    const tokens = '(atr) body colour red,(atr) occluded true,(trk-atr) sex f,(kp) head 1 2,(poly) 1 2 3 4,(note) dim'
    const { losses, tracks } = await read('viame', 'clip.csv', `0,a,1,1,2,30,40,1,-1,person,1,${tokens}\n`)
    expect(tracks[0]?.keyframes[0]?.occluded).toBe(true)
    expect(losses).toEqual({
      'the attribute "body" of single boxes': 1,
      'the attribute "sex" of whole tracks': 1,
      ...{ points: 1, outlines: 1, notes: 1 },
    })
  })

  test('DIVE, Datumaro and COCO: attributes, but for those that keep house', async () => {
    const feature = { frame: 1, bounds: [1, 2, 3, 4], keyframe: true, attributes: { occluded: true, pose: 'up' } }
    const track = { id: 1, confidencePairs: [['a', 1]], attributes: { sex: 'f' }, features: [feature] }
    const dive = JSON.stringify({ version: 2, tracks: { 1: track } })
    expect((await read('dive', 'clip.json', dive)).losses).toEqual({
      'the attribute "pose" of single boxes': 1,
      'the attribute "sex" of whole tracks': 1,
    })
    const pose = { 'the attribute "pose" of single boxes': 1 }
    const shape = { type: 'bbox', label_id: 0, bbox: [1, 2, 3, 4], attributes: { track_id: 1, pose: 'up' } }
    const items = [{ id: 'clip/frame_000001', annotations: [shape] }]
    const datumaro = JSON.stringify({ categories: { label: { labels: [{ name: 'a' }] } }, items })
    expect((await read('datumaro', 'clip.json', datumaro)).losses).toEqual(pose)
    const coco = JSON.stringify({
      ...{ videos: [{ id: 1, name: 'clip' }], images: [{ id: 1, video_id: 1, frame_id: 1 }] },
      categories: [{ id: 1, name: 'a' }],
      annotations: [
        { id: 1, image_id: 1, category_id: 1, track_id: 1, bbox: [1, 2, 3, 4], attributes: { pose: 'up' } },
      ],
    })
    expect((await read('coco-video', 'clip.json', coco)).losses).toEqual(pose)
  })

  test('Label Studio: choices of a box are no answers of the video; what is neither a choice nor a box is said', async () => {
    const sequence = [{ frame: 1, x: 1, y: 2, width: 3, height: 4 }]
    const choice = { type: 'choices', from_name: 'pose', value: { choices: ['up'] } }
    const result = [
      { id: 'a', type: 'videorectangle', value: { sequence, labels: ['person'] } },
      { ...choice, id: 'a' },
      { ...choice, id: 'b', value: { choices: ['rain'] } },
      { id: 'c', type: 'textarea', from_name: 'note', value: { text: ['hm'] } },
    ]
    const tasks = [{ data: { video: 'clip' }, annotations: [{ result }] }]
    const { losses, answers, tracks } = await read('label-studio', 'a.json', JSON.stringify(tasks))
    expect([answers, tracks.length]).toEqual([['rain'], 1])
    expect(losses).toEqual({ 'what "pose" says of single boxes': 1, 'textarea of whole videos': 1 })
  })
})

test('CVAT: a tag of pictures that follow each other is seen from the first to the last of them', async () => {
  const image = (id: number) => `<image id="${id}" name="a.png"><tag label="water" source="manual"></tag></image>`
  const images = [3, 4, 5, 9].map(image).join('')
  const text = `<annotations><version>1.1</version><meta><task><name>clip</name></task></meta>${images}</annotations>`
  const { videos } = await readAll(registry.get('cvat-images'), memoryFile('clip.xml', text), { videos: [clip] })
  expect(videos.get('clip')!.answers.map(({ attribute, value, span }) => [attribute, value, span])).toEqual([
    ['water', 'present', { from: 3, to: 5 }],
    ['water', 'present', { from: 9, to: 9 }],
  ])
})

test('VIA 3: a segment that ends with the video ends at its last frame; one beyond it is said', async () => {
  const attribute = { '1': { aname: 'action', anchor_id: 'FILE1_Z2_XY0', type: 1, options: {} } }
  const end = clip.frames / clip.fps
  const entry = (z: number[]) => ({ vid: '1', flg: 0, z, xy: [], av: { '1': 'water' } })
  const text = JSON.stringify({
    ...{ project: { pid: 'x', vid_list: ['1'] }, config: {}, attribute },
    ...{ file: { '1': { fid: '1', fname: 'clip' } }, view: { '1': { fid_list: ['1'] } } },
    metadata: { a: entry([0.2, end]), b: entry([0.2, end + 5]) },
  })
  const { videos, notes } = await readAll(registry.get('via3'), memoryFile('a.json', text), { videos: [clip] })
  expect(videos.get('clip')!.answers.map(({ span }) => span)).toEqual([{ from: 5, to: clip.frames - 1 }])
  expect(notes).toMatchObject([{ kind: 'outOfRange' }])
})
