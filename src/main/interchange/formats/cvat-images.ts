import { z } from 'zod'
import { joinedSpans } from '@shared/geometry/span'
import { type Part, bareVideo, defineFormat } from '@main/interchange/format'
import { keyframesOf, linked } from '@main/interchange/kit/dense-track'
import { type PackedBoxes, packTo } from '@main/interchange/kit/packed-boxes'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { linkOption } from '@main/interchange/kit/link-option'
import { nameOption } from '@main/interchange/kit/name-option'
import { loseAttributes } from '@main/interchange/kit/lost-attributes'
import { answer, trackNamed } from '@main/interchange/kit/said'
import { childrenOf, textAt, xmlElements } from '@main/interchange/kit/xml-stream'

/**
 * CVAT for images 1.1: boxes of single pictures, without identity. The pictures are the frames of one video, in the order
 * of their ids; boxes of one label that overlap from frame to frame become one object,
 * and a tag of pictures that follow each other is seen from the first to the last of them.
 */
export const cvatImages = defineFormat({
  name: 'cvat-images',
  title: 'CVAT for images 1.1',
  extensions: ['.xml'],
  options: z.object({
    encoding: encodingOption,
    video: nameOption('as the task calls it'),
    link: linkOption('boxes'),
  }),
  losses: [],
  detect({ isFolder, text }) {
    if (isFolder || !/<annotations>/.test(text) || !/<version>1\.1<\/version>/.test(text)) return null
    return /<image\b/.test(text) ? { confidence: 0.95, why: 'it is CVAT XML 1.1 with images' } : null
  },
  async *read(source, { encoding, video, link }, reading): AsyncGenerator<Part> {
    let name = video || source.name.replace(/\.xml$/i, '')
    const byWord = new Map<string, PackedBoxes>()
    const tags: { word: string; frame: number }[] = []
    for await (const { path, element, line } of xmlElements(
      source,
      ['annotations/meta', 'annotations/image'],
      encoding,
    )) {
      if (path === 'annotations/meta') {
        name = video || textAt(element, 'task/source') || textAt(element, 'task/name') || name
        continue
      }
      const frame = Number(element.attributes.id ?? Number.NaN)
      for (const box of childrenOf(element, 'box')) {
        reading.read(1)
        loseAttributes(box, reading)
        const { attributes } = box
        const [x1, y1, x2, y2] = ['xtl', 'ytl', 'xbr', 'ybr'].map((side) => Number(attributes[side] ?? Number.NaN)) as [
          number,
          number,
          number,
          number,
        ]
        if (![frame, x1, y1, x2, y2].every(Number.isFinite)) {
          reading.note({ kind: 'skipped', line, reason: 'a box needs an image id and the numbers xtl, ytl, xbr, ybr' })
          continue
        }
        const word = attributes.label ?? ''
        packTo(byWord, word, { frame, box: { x1, y1, x2, y2 }, occluded: attributes.occluded === '1' })
      }
      for (const { attributes } of childrenOf(element, 'tag'))
        if (attributes.label && Number.isFinite(frame)) tags.push({ word: attributes.label, frame })
    }
    const tracks = [...byWord].flatMap(([word, packed]) => {
      const boxes = packed.all()
      const objects = link ? linked(boxes) : boxes.map((box) => [box])
      return objects.map((dense) => trackNamed(word, keyframesOf(dense, Infinity)))
    })
    const answers = [...Map.groupBy(tags, ({ word }) => word)].flatMap(([word, some]) =>
      joinedSpans(some.map(({ frame }) => ({ from: frame, to: frame }))).map((span) =>
        answer(word, 'present', { span }),
      ),
    )
    yield { kind: 'video', line: null, video: bareVideo(name, { tracks, answers }) }
  },
})
