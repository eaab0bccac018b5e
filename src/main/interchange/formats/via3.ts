import { z } from 'zod'
import { type Contents, type Part, bareVideo, defineFormat } from '@main/interchange/format'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { jsonParts } from '@main/interchange/kit/json-stream'
import { ViaVideo, type ViaWords, flagKey, trackKey } from '@main/interchange/kit/via-shapes'
import { viaEntries, viaLosses } from '@main/interchange/kit/via-write'

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
    link: z.boolean().default(true).describe('Make one object of boxes of one word that overlap from frame to frame'),
  }),
  losses: viaLosses,
  detect({ isFolder, text }) {
    if (isFolder || !/^\s*\{/.test(text)) return null
    const found = /"project"\s*:\s*\{/.test(text) && /"(vid_list|pid)"/.test(text)
    return found ? { confidence: 0.95, why: 'it is a project of VIA 3' } : null
  },
  async *read(source, { encoding, link }, reading): AsyncGenerator<Part> {
    const project = await projectOf(
      jsonParts(source, ['$.attribute.*', '$.file.*', '$.view.*', '$.metadata.*'], encoding),
    )
    const videos = new Map<string, ViaVideo>()
    for (const [mid, value] of project.metadata) {
      const entry = Entry.safeParse(value)
      const fid = entry.success ? project.views.get(String(entry.data.vid)) : undefined
      const name = fid === undefined ? undefined : project.files.get(fid)
      if (!entry.success || name === undefined) {
        reading.note({ kind: 'skipped', line: null, reason: `${mid}: it belongs to no file` })
        continue
      }
      const own = videos.get(name) ?? new ViaVideo(name, reading.video(name), reading)
      videos.set(name, own)
      const words = Object.entries(entry.data.av).map(([id, value]) => project.word(id, String(value)))
      own.take({ times: entry.data.z, shape: entry.data.xy, words }, null)
    }
    for (const [name, own] of videos) yield { kind: 'video', line: null, video: bareVideo(name, own.said(link)) }
  },
  *write(contents) {
    yield { path: '', chunks: projectLines(contents) }
  },
})

async function projectOf(parts: AsyncIterable<{ path: readonly (string | number)[]; value: unknown }>) {
  const attributes = new Map<string, z.output<typeof Attribute>>()
  const files = new Map<string, string>()
  const views = new Map<string, string>()
  const metadata: [string, unknown][] = []
  for await (const { path, value } of parts) {
    const [kind, id] = path.map(String) as [string, string]
    if (kind === 'attribute') attributes.set(id, Attribute.catch({ aname: id, options: {} }).parse(value))
    else if (kind === 'file') files.set(id, File.catch({ fname: id }).parse(value).fname)
    else if (kind === 'view') views.set(id, String(View.catch({ fid_list: [] }).parse(value).fid_list[0] ?? ''))
    else metadata.push([id, value])
  }
  /** The name of an attribute, and its values with option ids put into words. */
  const word = (id: string, value: string): ViaWords => {
    const attribute = attributes.get(id)
    const hasOptions = attribute !== undefined && Object.keys(attribute.options).length > 0
    const values = hasOptions ? value.split(',').map((part) => String(attribute.options[part] ?? part)) : [value]
    return [attribute?.aname ?? id, values]
  }
  return { files, views, metadata, word }
}

function* projectLines({ videos, known }: Contents): Generator<string> {
  const attribute = {
    '1': viaAttribute('object', 'FILE1_Z1_XY1'),
    '2': viaAttribute(trackKey, 'FILE1_Z1_XY1'),
    '3': viaAttribute(flagKey, 'FILE1_Z1_XY1'),
    '4': viaAttribute('present', 'FILE1_Z0_XY0'),
    '5': viaAttribute('absent', 'FILE1_Z0_XY0'),
    '6': viaAttribute('unsure', 'FILE1_Z0_XY0'),
  }
  const file: Record<string, unknown> = {}
  const view: Record<string, unknown> = {}
  const entries: string[] = []
  let id = 0
  for (const video of videos()) {
    const vid = String(++id)
    file[vid] = { fid: vid, fname: video.name, type: 4, loc: 1, src: '' }
    view[vid] = { fid_list: [vid] }
    let k = 0
    for (const one of viaEntries(video, known(video.name)))
      entries.push(`${JSON.stringify(`${vid}_${++k}`)}:${JSON.stringify({ vid, flg: 0, ...one })}`)
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
  yield `${head.slice(0, -1)},"metadata":{\n`
  yield `${entries.join(',\n')}\n}}\n`
}

function viaAttribute(aname: string, anchor_id: string) {
  return { aname, anchor_id, type: 1, desc: '', options: {}, default_option_id: '' }
}
