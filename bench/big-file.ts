import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { owner } from '@shared/actor'
import { DataPlan } from '@shared/contract/interchange'
import { allFormats } from '@main/interchange/formats'
import { DataImportService } from '@main/interchange/import-service'
import { FormatRegistry } from '@main/interchange/registry'
import { aProject } from '../test/support/project'
import { rounded } from './support/measure'

const wanted = 500 * 1024 ** 2
const frames = 20_000
/** A key frame every so often; the frames between lie on a line, as tools write them. */
const every = 10

/** Box of an object at a frame: a zigzag that turns at key frames. */
function sides(object: number, frame: number): [number, number, number, number] {
  const at = Math.floor(frame / every)
  const share = (frame % every) / every
  const x = (at % 2 === 0 ? share : 1 - share) * 100 + (object % 50)
  return [x, object % 90, x + 40, (object % 90) + 30]
}

const writers: Readonly<Record<string, () => Generator<string>>> = {
  'cvat.xml': function* () {
    yield '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n<version>1.1</version>\n<meta><task><name>long</name><mode>interpolation</mode></task></meta>\n'
    for (let object = 0, bytes = 0; bytes < wanted; object++) {
      yield `<track id="${object}" label="word ${object % 20}" source="manual">\n`
      for (let frame = 0; frame < frames; frame++) {
        const [x1, y1, x2, y2] = sides(object, frame).map((side) => side.toFixed(2))
        const text = `<box frame="${frame}" keyframe="${Number(frame % every === 0)}" outside="0" occluded="0" xtl="${x1}" ytl="${y1}" xbr="${x2}" ybr="${y2}" z_order="0"></box>\n`
        bytes += text.length
        yield text
      }
      yield '</track>\n'
    }
    yield '</annotations>\n'
  },
  'coco.json': function* () {
    const list = <T>(items: T[]) => items.map((item) => JSON.stringify(item)).join(',\n')
    const categories = Array.from({ length: 20 }, (_, id) => ({ id, name: `word ${id}` }))
    const images = Array.from({ length: frames }, (_, id) => ({
      id,
      video_id: 1,
      frame_id: id,
      file_name: `${id}.jpg`,
    }))
    yield `{"videos":[{"id":1,"name":"long"}],"categories":[${list(categories)}],"images":[${list(images)}],"annotations":[`
    for (let object = 0, id = 0, bytes = 0; bytes < wanted; object++)
      for (let frame = 0; frame < frames; frame++) {
        const [x1, y1, x2, y2] = sides(object, frame) as [number, number, number, number]
        const bbox = [x1, y1, x2 - x1, y2 - y1].map(rounded)
        const one = {
          id,
          image_id: frame,
          video_id: 1,
          category_id: object % 20,
          track_id: object,
          bbox,
          area: 1200,
          iscrowd: 0,
        }
        const text = `${id++ === 0 ? '' : ',\n'}${JSON.stringify(one)}`
        bytes += text.length
        yield text
      }
    yield ']}\n'
  },
  'via.json': function* () {
    const attribute = { 1: { aname: 'object', options: {} }, 2: { aname: 'track', options: {} } }
    const head = { project: { pid: 'p', vid_list: ['1'] }, attribute, file: { 1: { fname: 'long' } } }
    yield `${JSON.stringify({ ...head, view: { 1: { fid_list: ['1'] } } }).slice(0, -1)},"metadata":{`
    for (let object = 0, id = 0, bytes = 0; bytes < wanted; object++)
      for (let frame = 0; frame < frames; frame++) {
        const [x1, y1, x2, y2] = sides(object, frame)
        const xy = [2, ...[x1, y1, x2 - x1, y2 - y1].map(rounded)]
        const one = {
          vid: '1',
          flg: 0,
          z: [Math.round((frame * 1000) / 30) / 1000],
          xy,
          av: { 1: `word ${object % 20}`, 2: String(object) },
        }
        const text = `${id++ === 0 ? '' : ',\n'}"1_${id}":${JSON.stringify(one)}`
        bytes += text.length
        yield text
      }
    yield '}}\n'
  },
}

/** Files of half a gigabyte brought in: seconds, boxes, the most memory, how often progress was told, and how soon a stop is heard. */
export async function bench(say: (line: string) => void): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'whynot-big-'))
  const found: Record<string, unknown> = {}
  try {
    for (const [name, write] of Object.entries(writers)) {
      const path = join(folder, name)
      await pipeline(Readable.from(write()), createWriteStream(path))
      say(`${name}: ${Math.round(statSync(path).size / 1024 ** 2)} MB written`)
      found[name] = await imported(path)
      say(`${name}: ${JSON.stringify(found[name])}`)
      rmSync(path)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return found
}

async function imported(path: string) {
  const made = aProject()
  try {
    made.build.video({ name: 'long', record: { frames, width: 320, height: 240 } })
    const service = new DataImportService({
      ...{ project: made.project, formats: new FormatRegistry(allFormats), onChange: () => {} },
    })
    const plan = DataPlan.parse({})
    const stoppedMs = await stopped(service, path, plan)
    let [told, peak] = [0, 0]
    const look = () => (peak = Math.max(peak, process.memoryUsage().rss))
    const clock = setInterval(look, 50)
    const progress = () => {
      told += 1
      look()
    }
    const from = performance.now()
    const report = await service.import(path, plan, { by: owner.id, signal: new AbortController().signal, progress })
    const seconds = rounded((performance.now() - from) / 1000)
    look()
    clearInterval(clock)
    const { rows, tracks, keyframes, boxes } = report
    const megabytes = Math.round(statSync(path).size / 1024 ** 2)
    return {
      megabytes,
      seconds,
      peakMegabytes: Math.round(peak / 1024 ** 2),
      told,
      stoppedMs,
      rows: rows.read,
      tracks,
      keyframes,
      boxes,
    }
  } finally {
    made.remove()
  }
}

/** Milliseconds from the wish to stop, in the middle, to the end of the import. */
async function stopped(service: DataImportService, path: string, plan: DataPlan): Promise<number> {
  const stop = new AbortController()
  let at = 0
  const progress = ({ done, total }: { done: number; total: number | null }) => {
    if (at > 0 || total === null || done < total / 10) return
    at = performance.now()
    setTimeout(() => stop.abort(), 0)
  }
  await service.import(path, plan, { by: owner.id, signal: stop.signal, progress }).then(
    () => {
      throw new Error('it went on to its end')
    },
    () => {},
  )
  return rounded(performance.now() - at)
}
