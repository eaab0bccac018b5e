const wanted = 500 * 1024 ** 2
/** Pictures of the video that every file speaks of. */
export const bigFrames = 20_000
/** A key frame every so often; the frames between lie on a line, as tools write them. */
const every = 10

type Corners = readonly [number, number, number, number]

interface At {
  object: number
  frame: number
  /** How many boxes came before it. */
  id: number
  /** With two decimals, as tools write them. */
  corners: Corners
  /** Left, top, width and height. */
  sized: Corners
}

/** Files of half a gigabyte, piece by piece, each of one video of many objects. */
export const bigFiles: Readonly<Record<string, () => Generator<string>>> = {
  'cvat.xml': function* () {
    const box = ({ frame, corners: [x1, y1, x2, y2] }: At) =>
      `<box frame="${frame}" keyframe="${Number(isKey(frame))}" outside="0" occluded="0" xtl="${x1}" ytl="${y1}" xbr="${x2}" ybr="${y2}" z_order="0"></box>\n`
    yield '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n<version>1.1</version>\n'
    yield '<meta><task><name>long</name><mode>interpolation</mode></task></meta>\n'
    const open = (object: number) => `<track id="${object}" label="${word(object)}" source="manual">\n`
    yield* objects({ open, text: box, close: '</track>\n' })
    yield '</annotations>\n'
  },
  'coco.json': function* () {
    const categories = Array.from({ length: 20 }, (_, id) => ({ id, name: word(id) }))
    const images = Array.from({ length: bigFrames }, (_, id) => {
      return { id, video_id: 1, frame_id: id, file_name: `${id}.jpg` }
    })
    const head = { videos: [{ id: 1, name: 'long' }], categories, images, annotations: [] }
    const annotation = ({ object, frame, id, sized: bbox }: At) => {
      const whose = { id, image_id: frame, video_id: 1, category_id: object % 20, track_id: object }
      return { ...whose, bbox, area: 1200, iscrowd: 0 }
    }
    yield* within(head, json(annotation))
  },
  'via.json': function* () {
    const attribute = { 1: { aname: 'object', options: {} }, 2: { aname: 'track', options: {} } }
    const project = { pid: 'p', vid_list: ['1'] }
    const head = { project, attribute, file: { 1: { fname: 'long' } }, view: { 1: { fid_list: ['1'] } }, metadata: {} }
    const entry = ({ object, frame, id, sized }: At) => {
      const z = [Math.round((frame * 1000) / 30) / 1000]
      const av = { 1: word(object), 2: String(object) }
      return `${separator(id)}"1_${id + 1}":${JSON.stringify({ vid: '1', flg: 0, z, xy: [2, ...sized], av })}`
    }
    yield* within(head, entry)
  },
  'datumaro.json': function* () {
    const labels = Array.from({ length: 20 }, (_, id) => ({ name: word(id), parent: '', attributes: [] }))
    const head = { info: {}, categories: { label: { labels, attributes: ['occluded'] } }, items: [] }
    // Of one frame after the other, as it writes them; all objects are in every frame.
    const shape = ({ object, frame, id, sized: bbox }: At) => {
      const attributes = { occluded: false, track_id: object, keyframe: isKey(frame) }
      return { id, type: 'bbox', attributes, group: 0, label_id: object % 20, z_order: 0, bbox }
    }
    const crowd = 180
    yield* within(head, ({ frame, id }) => {
      const annotations = Array.from({ length: crowd }, (_, object) =>
        shape(at({ object, frame, id: id * crowd + object })),
      )
      return `${separator(id)}${JSON.stringify({ id: `long/frame_${String(frame).padStart(6, '0')}`, annotations, attr: { frame } })}`
    })
  },
  'mot/long.txt': function* () {
    const row = ({ object, frame, sized }: At) =>
      `${frame + 1},${object + 1},${sized.join(',')},1,${(object % 12) + 1},1\n`
    yield* objects({ text: row })
  },
  'viame/long.csv': function* () {
    const row = ({ object, frame, corners }: At) =>
      `${object},00:00:${(frame / 30).toFixed(6)},${frame},${corners.join(',')},1,-1,${word(object)},1\n`
    yield '# 1: Detection or Track-id,2: Video or Image Identifier,3: Unique Frame Identifier\n# metadata,fps: 30\n'
    yield* objects({ text: row })
  },
  'dive/long.json': function* () {
    const about = { confidencePairs: [['', 1]], attributes: {}, meta: {} }
    const open = (object: number) => {
      const whose = { ...about, confidencePairs: [[word(object), 1]], id: object, begin: 0, end: bigFrames - every }
      return `${separator(object)}"${object}":${JSON.stringify(whose).slice(0, -1)},"features":[`
    }
    const feature = ({ frame, corners: bounds }: At) =>
      `${separator(frame)}${JSON.stringify({ frame, bounds, keyframe: true, interpolate: true })}`
    yield '{"version":2,"fps":30,"groups":{},"tracks":{'
    yield* objects({ open, text: feature, close: ']}', step: every })
    yield '}}\n'
  },
  'label-studio.json': function* () {
    const open = (object: number) =>
      `${separator(object)}{"id":${object},"data":{"video":"long.mp4"},"annotations":[{"completed_by":1,"result":[{"id":"r${object}","type":"videorectangle","from_name":"box","to_name":"video","value":{"framesCount":${bigFrames},"labels":["${word(object)}"],"sequence":[`
    const entry = ({ frame, sized: [x, y, width, height] }: At) => {
      const one = { frame: frame + 1, x: x / 4, y: y / 4, width: width / 4, height: height / 4, rotation: 0 }
      return `${separator(frame)}${JSON.stringify({ ...one, enabled: true, time: frame / 30 })}`
    }
    yield '['
    yield* objects({ open, text: entry, close: ']}}]}]}', step: every })
    yield ']\n'
  },
  'all.jsonl': function* () {
    const said = { source: 'person', person: 'Ann', at: null, kind: 'attribute', name: null }
    const unsaid = { sha256: null, path: null, class: null, split: null, group: null, answers: [] }
    const size = { frames: bigFrames, width: 320, height: 240, fps: 30 }
    const open = (object: number) =>
      `${JSON.stringify({ kind: 'video', name: 'long', ...unsaid, ...size }).slice(0, -1)},"tracks":[${JSON.stringify({ ...said, attribute: word(object) }).slice(0, -1)},"keyframes":[`
    const keyframe = ({ frame, corners: [x1, y1, x2, y2] }: At) =>
      `${separator(frame, '')}${JSON.stringify({ frame, box: { x1, y1, x2, y2 }, outside: false, occluded: false })}`
    yield '{"kind":"dataset","version":1}\n'
    yield* objects({ open, text: keyframe, close: ']}]}\n', step: every })
  },
}

function word(object: number): string {
  return `word ${object % 20}`
}

function isKey(frame: number): boolean {
  return frame % every === 0
}

/** Box of an object at a frame: a zigzag that turns at key frames. */
function at({ object, frame, id }: Pick<At, 'object' | 'frame' | 'id'>): At {
  const share = (frame % every) / every
  const left = (Math.floor(frame / every) % 2 === 0 ? share : 1 - share) * 100 + (object % 50)
  const [x, y] = [Math.round(left * 100) / 100, object % 90]
  return { object, frame, id, corners: [x, y, Math.round((x + 40) * 100) / 100, y + 30], sized: [x, y, 40, 30] }
}

/** One object after the other, until there are as many bytes as wanted. */
function* objects(parts: {
  open?: (object: number) => string
  text: (at: At) => string
  close?: string
  step?: number
}): Generator<string> {
  const { open = () => '', text, close = '', step = 1 } = parts
  for (let object = 0, bytes = 0, id = 0; bytes < wanted; object++) {
    yield open(object)
    for (let frame = 0; frame < bigFrames; frame += step) {
      const one = text(at({ object, frame, id: id++ }))
      bytes += one.length
      yield one
    }
    yield close
  }
}

/** A JSON file whose last, empty field is filled. */
function* within(head: object, text: (at: At) => string): Generator<string> {
  const whole = JSON.stringify(head)
  yield whole.slice(0, -2)
  yield* objects({ text })
  yield `${whole.slice(-2)}\n`
}

function json(value: (at: At) => unknown): (at: At) => string {
  return (one) => `${separator(one.id)}${JSON.stringify(value(one))}`
}

function separator(position: number, lineEnd = '\n'): string {
  return position === 0 ? '' : `,${lineEnd}`
}
