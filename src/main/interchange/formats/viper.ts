import { z } from 'zod'
import { type Part, type Reading, bareVideo, defineFormat } from '@main/interchange/format'
import { type DenseBox, keyframesOf } from '@main/interchange/kit/dense-track'
import { actorTrack } from '@main/interchange/kit/said'
import { groupOfUcf, ucfClass } from '@main/interchange/kit/ucf-names'
import { type XmlElement, childrenOf, xmlElements } from '@main/interchange/kit/xml-stream'
import type { Source } from '@main/interchange/source/source'

/**
 * ViPER XML as THUMOS gives UCF101's boxes (`.xgtf`): persons with a box per span of frames, frames from 1 and inclusive,
 * and an attribute per class that says when the person does it. Only the first film of a file is the clip it is named after.
 */
export const viper = defineFormat({
  name: 'viper',
  title: 'ViPER XML (THUMOS, .xgtf)',
  extensions: ['.xgtf', '.xml'],
  options: z.object({
    everybody: z
      .boolean()
      .default(false)
      .meta({ title: 'People who act in no class too', description: 'Also people who act in no class', on: 'read' }),
  }),
  losses: [],
  detect({ isFolder, files, text }) {
    if (isFolder)
      return files.some((file) => file.endsWith('.xgtf')) ? { confidence: 0.9, why: 'it holds .xgtf files' } : null
    return /<viper\b/.test(text) ? { confidence: 0.96, why: 'it is ViPER XML' } : null
  },
  async *read(source, { everybody }, reading) {
    const files = source.isFolder
      ? source
          .files()
          .filter((file) => file.endsWith('.xgtf'))
          .map((file) => source.open(file))
      : [source]
    for (const file of files) yield* partsOf(file, { everybody, reading })
  },
})

interface Person {
  classes: string[]
  boxes: DenseBox[]
}

async function* partsOf(
  source: Source,
  { everybody, reading }: { everybody: boolean; reading: Reading },
): AsyncGenerator<Part> {
  const name = source.name.replace(/\.(xgtf|xml)$/i, '')
  let film = 0
  for await (const { element, line } of xmlElements(source, ['viper/data/sourcefile'])) {
    if (++film > 1) {
      reading.note({ kind: 'skipped', line, reason: `${name}: the file speaks of a second film` })
      continue
    }
    const people = childrenOf(element, 'object')
      .filter(({ attributes }) => /^person$/i.test(attributes.name ?? ''))
      .map((person) => personOf(person, reading))
    const actors = people.filter(({ classes }) => classes.length > 0)
    const shown = everybody || actors.length === 0 ? people : actors
    const end = reading.video(name)?.frames ?? Infinity
    const tracks = shown
      .filter(({ boxes }) => boxes.length > 0)
      .map(({ boxes }, i) => actorTrack(keyframesOf(boxes, end), { name: String(i + 1) }))
    const [ofClass = null] = actors.flatMap(({ classes }) => classes)
    yield { kind: 'video', line, video: bareVideo(name, { class: ofClass, group: groupOfUcf(name), tracks }) }
  }
}

function personOf(object: XmlElement, reading: Reading): Person {
  const attributes = childrenOf(object, 'attribute')
  const location = attributes.find(({ attributes: { name } }) => name === 'Location')
  const boxes = childrenOf(location ?? object, 'bbox').flatMap((box) => boxesOf(box, reading))
  const classes = attributes
    .filter((attribute) => childrenOf(attribute, 'bvalue').some(({ attributes: { value } }) => value === 'true'))
    .map(({ attributes: { name = '' } }) => ucfClass(name))
  return { classes, boxes }
}

/** A box may stand for a span of frames: it is repeated there. */
function boxesOf({ attributes }: XmlElement, reading: Reading): DenseBox[] {
  reading.read(1)
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((side) => Number(attributes[side] ?? Number.NaN)) as [
    number,
    number,
    number,
    number,
  ]
  const span = /^(\d+):(\d+)$/.exec(attributes.framespan?.trim() ?? '')
  const [from, to] = [Number(span?.[1]), Number(span?.[2])]
  if (![x, y, width, height, from, to].every(Number.isFinite) || from < 1 || to < from || to - from > 100_000) {
    reading.note({ kind: 'skipped', line: null, reason: 'a box without a span of frames or without its numbers' })
    return []
  }
  const box = { x1: x, y1: y, x2: x + width, y2: y + height }
  return Array.from({ length: to - from + 1 }, (_, i) => ({ frame: from - 1 + i, box, occluded: false }))
}
