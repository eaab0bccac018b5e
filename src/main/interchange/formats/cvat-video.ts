import { z } from 'zod'
import type { Keyframe } from '@shared/geometry/track'
import { type NeutralAnswer, type NeutralTrack, type NeutralVideo, Span } from '@main/interchange/dataset'
import { type Part, type Reading, bareVideo, defineFormat } from '@main/interchange/format'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { nameOption } from '@main/interchange/kit/name-option'
import { everyFrame } from '@main/interchange/kit/dense-track'
import { type WrittenFrames, framesOption } from '@main/interchange/kit/frames-option'
import { fileName } from '@main/interchange/kit/file-name'
import { answer, trackNamed, wordOf } from '@main/interchange/kit/said'
import { loseAttributes } from '@main/interchange/kit/lost-attributes'
import { type XmlElement, childrenOf, textAt, xmlElements, xmlText } from '@main/interchange/kit/xml-stream'
import type { Source } from '@main/interchange/source/source'

/** Extra element under `meta`, which CVAT passes over: answers of whole videos have no place in its video flavour. */
const answersElement = 'whynot'

/**
 * CVAT for video 1.1 (docs.cvat.ai, "CVAT XML format"): tracks of boxes, frames from 0, `outside` on the first frame that
 * no longer shows the object, linear between key frames. Frames that only repeat what lies between are left out.
 */
export const cvatVideo = defineFormat({
  name: 'cvat',
  title: 'CVAT for video 1.1',
  extensions: ['.xml'],
  options: z.object({
    encoding: encodingOption,
    video: nameOption('as the task calls it'),
    frames: framesOption('every'),
  }),
  people: true,
  spans: true,
  losses: [
    'splits, groups and classes of videos',
    'numbers of a box beyond two decimals',
    'answers of videos and of spans stand in an element of our own, which CVAT passes over',
  ],
  detect({ isFolder, files, text }) {
    if (isFolder) {
      const found = files.some((file) => /(^|\/)annotations\.xml$/.test(file))
      return found ? { confidence: 0.8, why: 'it holds an annotations.xml' } : null
    }
    if (!/<annotations>/.test(text) || !/<version>1\.1<\/version>/.test(text)) return null
    const isVideo = /<track\b/.test(text) || /<mode>interpolation<\/mode>/.test(text)
    return isVideo ? { confidence: 0.97, why: 'it is CVAT XML 1.1 with tracks' } : null
  },
  async *read(source, options, reading) {
    for (const file of filesOf(source)) yield* partsOf(file, { options, reading })
  },
  *write({ videos, videoCount }, { frames }) {
    for (const video of videos())
      yield { path: videoCount === 1 ? '' : `${fileName(video.name)}.xml`, chunks: lines(video, frames) }
  },
})

interface Options {
  encoding: string
  video: string
}

function filesOf(source: Source): Source[] {
  if (!source.isFolder) return [source]
  return source
    .files()
    .filter((file) => file.endsWith('.xml'))
    .map((file) => source.open(file))
}

async function* partsOf(
  source: Source,
  { options, reading }: { options: Options; reading: Reading },
): AsyncGenerator<Part> {
  let name = options.video || source.name.replace(/\.xml$/i, '')
  const about: Partial<NeutralVideo> = {}
  const answers: NeutralAnswer[] = []
  const paths = ['annotations/meta', 'annotations/track']
  for await (const { path, element, line } of xmlElements(source, paths, options.encoding)) {
    if (path === 'annotations/meta') {
      const task = ['task', 'job', 'project'].flatMap((kind) => childrenOf(element, kind))[0] ?? element
      name = options.video || textAt(task, 'source') || textAt(task, 'name') || name
      const number = (text: string) => Number(text) || null
      Object.assign(about, { frames: number(textAt(task, 'size')), ...sizeOf(element, task) })
      answers.push(...childrenOf(element, answersElement).flatMap((extra) => answersOf(extra)))
      continue
    }
    const boxes = childrenOf(element, 'box')
    reading.read(boxes.length)
    const shapes = element.children.filter((child) => child.name !== 'box' && child.attributes.frame !== undefined)
    if (shapes.length > 0)
      reading.note({ kind: 'skipped', line, reason: `a track of ${shapes[0]?.name} is no track of boxes` })
    for (const box of boxes) loseAttributes(box, reading)
    const keyframes = boxes.flatMap((box) => keyframeOf(box, { line, reading }))
    if (keyframes.length === 0) continue
    yield { kind: 'video', line, video: bareVideo(name, { tracks: [trackOf(element, keyframes)] }) }
  }
  yield { kind: 'video', line: null, video: bareVideo(name, { ...about, answers }) }
}

function sizeOf(meta: XmlElement, task: XmlElement): { width: number | null; height: number | null } {
  const at = (side: string) =>
    Number(textAt(task, `original_size/${side}`) || textAt(meta, `original_size/${side}`)) || null
  return { width: at('width'), height: at('height') }
}

function trackOf({ attributes }: XmlElement, keyframes: Keyframe[]): NeutralTrack {
  const sorted = keyframes.sort((a, b) => a.frame - b.frame)
  const { label = '', id = null } = attributes
  const person = attributes.whynot_person ?? null
  return trackNamed(label, sorted, { name: id, person })
}

/** A box as a key frame; none where CVAT drew it between two, or where it is broken. */
function keyframeOf({ attributes }: XmlElement, { line, reading }: { line: number; reading: Reading }): Keyframe[] {
  if (attributes.keyframe === '0' && attributes.outside !== '1') return []
  const at = (name: string) => Number(attributes[name] ?? Number.NaN)
  const [frame, x1, y1, x2, y2] = ['frame', 'xtl', 'ytl', 'xbr', 'ybr'].map(at) as [
    number,
    number,
    number,
    number,
    number,
  ]
  if (![frame, x1, y1, x2, y2].every(Number.isFinite)) {
    reading.note({ kind: 'skipped', line, reason: 'a box needs the numbers frame, xtl, ytl, xbr, ybr' })
    return []
  }
  const rotation = Number(attributes.rotation ?? 0)
  if (rotation !== 0) reading.note({ kind: 'clamped', line, reason: 'a turned box is taken upright' })
  return [
    { frame, box: { x1, y1, x2, y2 }, outside: attributes.outside === '1', occluded: attributes.occluded === '1' },
  ]
}

function answersOf(extra: XmlElement): NeutralAnswer[] {
  return childrenOf(extra, 'answer').flatMap(({ attributes }) => {
    const { attribute, value, source, person = null, at, from, to } = attributes
    if (!attribute || (value !== 'present' && value !== 'absent' && value !== 'unsure')) return []
    const isSource = source === 'person' || source === 'class' || source === 'consensus'
    const who: NeutralAnswer['source'] = isSource ? source : 'person'
    const said = { source: who, person, at: at ? Number(at) : null }
    const span = Span.safeParse({ from: Number(from), to: Number(to) }).data ?? null
    return [answer(attribute, value, { ...said, span })]
  })
}

function* lines(video: NeutralVideo, written: WrittenFrames): Generator<string> {
  const { name, frames, width, height, tracks } = video
  const words = [...new Set(tracks.map(wordOf))].sort()
  yield '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>\n  <meta>\n    <task>\n'
  yield `      <name>${xmlText(name)}</name>\n      <size>${frames ?? 0}</size>\n      <mode>interpolation</mode>\n      <overlap>0</overlap>\n`
  yield `      <labels>\n${words.map(label).join('')}      </labels>\n`
  yield `      <original_size>\n        <width>${width ?? 0}</width>\n        <height>${height ?? 0}</height>\n      </original_size>\n`
  yield `      <source>${xmlText(name)}</source>\n    </task>\n`
  if (video.answers.length > 0)
    yield `    <${answersElement}>\n${video.answers.map(answerLine).join('')}    </${answersElement}>\n`
  yield '  </meta>\n'
  for (const [id, track] of tracks.entries()) yield* trackLines(track, { id, frames: frames ?? 0, written })
  yield '</annotations>\n'
}

function label(word: string): string {
  return `        <label>\n          <name>${xmlText(word)}</name>\n          <type>rectangle</type>\n          <attributes></attributes>\n        </label>\n`
}

function answerLine({ attribute, value, source, person, at, span }: NeutralAnswer): string {
  const who = person === null ? '' : ` person="${xmlText(person)}"`
  const when = at === null ? '' : ` at="${at}"`
  const frames = span === null ? '' : ` from="${span.from}" to="${span.to}"`
  return `      <answer attribute="${xmlText(attribute)}" value="${value}" source="${source}"${who}${when}${frames}/>\n`
}

function* trackLines(
  track: NeutralTrack,
  { id, frames, written }: { id: number; frames: number; written: WrittenFrames },
): Generator<string> {
  const who = track.person === null ? '' : ` whynot_person="${xmlText(track.person)}"`
  yield `  <track id="${id}" label="${xmlText(wordOf(track))}" source="manual"${who}>\n`
  for (const { frame, box, outside, occluded, isKeyframe } of everyFrame(track.keyframes, frames)) {
    if (!isKeyframe && written === 'keyframes') continue
    const side = (value: number) => value.toFixed(2)
    const corners = `xtl="${side(box.x1)}" ytl="${side(box.y1)}" xbr="${side(box.x2)}" ybr="${side(box.y2)}"`
    const flags = `keyframe="${Number(isKeyframe)}" outside="${Number(outside)}" occluded="${Number(occluded)}"`
    yield `    <box frame="${frame}" ${flags} ${corners} z_order="0"></box>\n`
  }
  yield '  </track>\n'
}
