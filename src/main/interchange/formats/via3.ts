import { z } from 'zod'
import { type Contents, type Part, type Reading, defineFormat } from '@main/interchange/format'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { linkOption } from '@main/interchange/kit/link-option'
import { jsonParts } from '@main/interchange/kit/json-stream'
import { ViaVideo, type ViaWords, flagKey, trackKey } from '@main/interchange/kit/via-shapes'
import { viaEntries, viaLosses } from '@main/interchange/kit/via-write'
import type { Source } from '@main/interchange/source/source'
import type { Encoding } from '@main/interchange/source/text'

const Attribute = z.object({ aname: z.string(), options: z.record(z.string(), z.unknown()).default({}) })
const File = z.object({ fname: z.string() })
const View = z.object({ fid_list: z.array(z.union([z.string(), z.number()])) })
const Entry = z.object({
  vid: z.union([z.string(), z.number()]),
  z: z.array(z.number()).default([]),
  xy: z.array(z.number()).default([]),
  av: z.record(z.string(), z.unknown()).default({}),
})

/**
 * VIA 3 project (robots.ox.ac.uk/~vgg/software/via, "VIA 3 Project"): times in seconds rounded to milliseconds, boxes
 * `[2, x, y, w, h]`, words by attribute id or option id. VIA knows no objects: boxes of one word are joined by overlap,
 * unless an attribute `track` names them.
 */
export const via3 = defineFormat({
  name: 'via3',
  title: 'VIA 3 project',
  extensions: ['.json'],
  options: z.object({
    encoding: encodingOption,
    link: linkOption('boxes of one word'),
  }),
  spans: true,
  losses: viaLosses,
  detect({ isFolder, text }) {
    if (isFolder || !/^\s*\{/.test(text)) return null
    const found = /"project"\s*:\s*\{/.test(text) && /"(vid_list|pid)"/.test(text)
    return found ? { confidence: 0.95, why: 'it is a project of VIA 3' } : null
  },
  async *read(source, { encoding, link }, reading): AsyncGenerator<Part> {
    const project = new ViaProject(reading)
    await project.pass(source, encoding, wordPaths.concat(entryPath))
    if (project.isPutOff) await project.pass(source, encoding, [entryPath])
    for (const own of project.videos.values()) yield* own.parts(link)
  },
  *write(contents) {
    yield { path: '', chunks: projectLines(contents) }
  },
})

const entryPath = '$.metadata.*'
const wordPaths = ['$.attribute.*', '$.file.*', '$.view.*']

/** A project on its way in; where entries stand before the files they belong to, they are read a second time. */
class ViaProject {
  isPutOff = false
  readonly videos = new Map<string, ViaVideo>()
  private readonly attributes = new Map<string, z.output<typeof Attribute>>()
  private readonly files = new Map<string, string>()
  private readonly views = new Map<string, string>()

  constructor(private readonly reading: Reading) {}

  async pass(source: Source, encoding: Encoding, paths: readonly string[]): Promise<void> {
    this.isPutOff = false
    for await (const { path, value } of jsonParts(source, paths, encoding)) {
      const [kind, id] = path.map(String) as [string, string]
      if (kind === 'attribute') this.attributes.set(id, Attribute.catch({ aname: id, options: {} }).parse(value))
      else if (kind === 'file') this.files.set(id, File.catch({ fname: id }).parse(value).fname)
      else if (kind === 'view') this.views.set(id, String(View.catch({ fid_list: [] }).parse(value).fid_list[0] ?? ''))
      else if (paths.length === 1 || this.isKnown) this.take(id, value)
      else this.isPutOff = true
    }
  }

  /** Whether what entries refer to has been read: VIA writes it before them. */
  private get isKnown(): boolean {
    return !this.isPutOff && this.attributes.size > 0 && this.files.size > 0 && this.views.size > 0
  }

  private take(id: string, value: unknown): void {
    const entry = Entry.safeParse(value)
    const fid = entry.success ? this.views.get(String(entry.data.vid)) : undefined
    const name = fid === undefined ? undefined : this.files.get(fid)
    if (!entry.success || name === undefined)
      return this.reading.note({ kind: 'skipped', line: null, reason: `${id}: it belongs to no file` })
    const own = this.videos.get(name) ?? new ViaVideo(name, this.reading.video(name), this.reading)
    this.videos.set(name, own)
    const words = Object.entries(entry.data.av).map(([attribute, said]) => this.words(attribute, String(said)))
    own.take({ times: entry.data.z, shape: entry.data.xy, words }, null)
  }

  /** The name of an attribute, and its values with option ids put into words. */
  private words(id: string, value: string): ViaWords {
    const attribute = this.attributes.get(id)
    const hasOptions = attribute !== undefined && Object.keys(attribute.options).length > 0
    const values = hasOptions ? value.split(',').map((part) => String(attribute.options[part] ?? part)) : [value]
    return [attribute?.aname ?? id, values]
  }
}

function* projectLines({ videos, known }: Contents): Generator<string> {
  const attribute = {
    '1': viaAttribute('object', 'FILE1_Z1_XY1'),
    '2': viaAttribute(trackKey, 'FILE1_Z1_XY1'),
    '3': viaAttribute(flagKey, 'FILE1_Z1_XY1'),
    '4': viaAttribute('present', 'FILE1_Z0_XY0'),
    '5': viaAttribute('absent', 'FILE1_Z0_XY0'),
    '6': viaAttribute('unsure', 'FILE1_Z0_XY0'),
    '7': viaAttribute('seen', 'FILE1_Z2_XY0'),
  }
  const file: Record<string, unknown> = {}
  const view: Record<string, unknown> = {}
  let id = 0
  for (const { name } of videos()) {
    const vid = String(++id)
    file[vid] = { fid: vid, fname: name, type: 4, loc: 1, src: '' }
    view[vid] = { fid_list: [vid] }
  }
  const project = {
    pid: '__VIA_PROJECT_ID__',
    rev: '__VIA_PROJECT_REV_ID__',
    rev_timestamp: '',
    pname: 'project',
    creator: '',
    created: 0,
    vid_list: Object.keys(view),
  }
  const head = JSON.stringify({ project, config: {}, attribute, file, view })
  yield `${head.slice(0, -1)},"metadata":{`
  yield* entryLines({ videos, known })
  yield `\n}}\n`
}

/** Videos are read anew, so that no more of a project is in memory than a part. */
function* entryLines({ videos, known }: Pick<Contents, 'videos' | 'known'>): Generator<string> {
  let [vid, all] = [0, 0]
  for (const video of videos()) {
    vid += 1
    let k = 0
    for (const one of viaEntries(video, known(video.name))) {
      const entry = JSON.stringify({ vid: String(vid), flg: 0, ...one })
      yield `${all++ === 0 ? '' : ','}\n${JSON.stringify(`${vid}_${++k}`)}:${entry}`
    }
  }
}

function viaAttribute(aname: string, anchor_id: string) {
  return { aname, anchor_id, type: 1, desc: '', options: {}, default_option_id: '' }
}
