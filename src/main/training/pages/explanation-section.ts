import type { z } from 'zod'
import type { Card, Explanation, MaskCheck } from '@shared/contract/explanation'
import type { Box, Size } from '@shared/geometry/box'
import type { Frame } from '@shared/ids'
import { escaped } from './page'

/** A picture of the source, as a data: address. */
export interface ShownFrame {
  frame: Frame
  address: string
}

/** What a section shows beside the answer itself. */
export interface Illustrated {
  answer: z.infer<typeof Explanation>
  videoName: string
  names: { pos: string; neg: string; label: string | null }
  /** Size of the displayed picture, which tubes refer to. */
  source: Size
  frames: readonly ShownFrame[]
  /** Colour of an attribute. */
  colour: (attribute: string) => string
  check: z.infer<typeof MaskCheck> | null
}

type OneCard = z.infer<typeof Card>
type Probability = z.infer<typeof MaskCheck>['before'][number]

const shownClasses = 5

/** One answer with its pictures, as a part of a page. */
export function explanationSection(shown: Illustrated): string {
  const { answer, names, videoName, check } = shown
  const rule = answer.options.select === 'min' ? 'minimal tube' : 'maximal tube'
  const label = names.label === null ? 'no label' : `labelled ${names.label}`
  return [
    `<section><h2>Why <strong>${escaped(names.pos)}</strong>, not <strong>${escaped(names.neg)}</strong>?</h2>`,
    `<p class="quiet">${escaped(videoName)}, ${escaped(label)}; ranked by the ${rule}</p>`,
    classBars(shown),
    ...answer.cards.map((card, i) => cardArticle(shown, card, i)),
    check ? checkArticle(shown, check) : '',
    '</section>',
  ].join('\n')
}

function classBars({ answer, names }: Illustrated): string {
  const rows = answer.prediction.classes.slice(0, shownClasses).map(({ name, probability }) => {
    const side = name === names.pos ? 'a' : name === names.neg ? 'b' : ''
    const letter = side ? ` (${side.toUpperCase()})` : ''
    const bar = `<span class="bar ${side}"><i style="width:${(probability * 100).toFixed(1)}%"></i></span>`
    return `<span>${escaped(name)}${letter}</span>${bar}<span>${probability.toFixed(3)}</span>`
  })
  return `<div class="bars">${rows.join('')}</div>`
}

function cardArticle(shown: Illustrated, card: OneCard, place: number): string {
  const colour = shown.colour(card.attribute)
  const notes = [
    card.supported ? '' : `No supporting evidence: the best tube scores ${signed(card.score)}.`,
    card.assigned
      ? 'The annotators gave the video this attribute.'
      : 'The annotators did not give the video this attribute.',
    card.iou === null ? '' : `IoU with their boxes ${card.iou.toFixed(2)}.`,
  ]
  return [
    `<article class="${card.supported ? '' : 'lacking'}">`,
    `<h3><span class="swatch" style="background:${colour}"></span>${place + 1}. ${escaped(card.name)}`,
    `<span class="score">${signed(card.score)} <small class="quiet">min ${signed(card.minScore)}</small></span></h3>`,
    `<p class="quiet">${notes.filter(Boolean).map(escaped).join(' ')}</p>`,
    strip(shown, card, colour),
    deltaBars(card, colour),
    '</article>',
  ].join('')
}

function strip({ frames, source }: Illustrated, { tube }: OneCard, colour: string): string {
  const boxes = new Map(tube.map(({ frame, box }) => [frame, box]))
  const figures = frames.map(({ frame, address }) => {
    const box = boxes.get(frame)
    const words = box ? 'the tube is drawn' : 'the tube is not here'
    const picture = `<image href="${address}" width="${source.width}" height="${source.height}"/>`
    const svg = `<svg viewBox="0 0 ${source.width} ${source.height}" role="img" aria-label="frame ${frame}; ${words}">${picture}${box ? boxMark(box, colour, source) : ''}</svg>`
    return `<figure>${svg}<figcaption>frame ${frame}</figcaption></figure>`
  })
  return `<div class="strip">${figures.join('')}</div>`
}

/** A closed box with a light fill and a dark halo: a model's mark, on any picture. */
function boxMark({ x1, y1, x2, y2 }: Box, colour: string, { width }: Size): string {
  const line = Math.max(0.5, width / 120)
  const place = `x="${x1.toFixed(2)}" y="${y1.toFixed(2)}" width="${(x2 - x1).toFixed(2)}" height="${(y2 - y1).toFixed(2)}"`
  const halo = `<rect ${place} fill="none" stroke="#000" stroke-opacity=".6" stroke-width="${(line * 2).toFixed(2)}"/>`
  return `${halo}<rect ${place} fill="${colour}" fill-opacity=".12" stroke="${colour}" stroke-width="${line.toFixed(2)}"/>`
}

/** delta of each sampled frame; frames that the tube covers are filled. */
function deltaBars({ perFrame }: OneCard, colour: string): string {
  const most = Math.max(1e-9, ...perFrame.map(({ delta }) => Math.abs(delta)))
  const bars = perFrame.map(({ frame, delta, covered }, i) => {
    const height = (Math.abs(delta) / most) * 18
    const y = delta >= 0 ? 20 - height : 20
    const fill = covered ? colour : 'none'
    return `<rect x="${i * 10 + 1}" y="${y.toFixed(1)}" width="8" height="${height.toFixed(1)}" fill="${fill}" stroke="${colour}"><title>frame ${frame}: ${signed(delta)}</title></rect>`
  })
  const width = perFrame.length * 10
  const axis = `<line x1="0" x2="${width}" y1="20" y2="20" stroke="currentColor" stroke-opacity=".4" stroke-width=".5"/>`
  return `<svg class="deltas" viewBox="0 0 ${width} 40" preserveAspectRatio="none" role="img" aria-label="delta of each sampled frame">${axis}${bars.join('')}</svg>`
}

function checkArticle({ names, answer }: Illustrated, { before, after, random }: z.infer<typeof MaskCheck>): string {
  const of = (list: readonly Probability[], id: string) => list.find((entry) => entry.class === id)?.probability ?? 0
  const row = (name: string, id: string) =>
    `<tr><td>p(${escaped(name)})</td>${[before, after, random].map((list) => `<td>${of(list, id).toFixed(3)}</td>`).join('')}</tr>`
  return [
    '<article><h3>Check: mask the first tube and classify again</h3>',
    '<table><tr><th></th><th>as it is</th><th>tube masked</th><th>random tube of the same boxes</th></tr>',
    row(names.pos, answer.pos),
    row(names.neg, answer.neg),
    '</table></article>',
  ].join('')
}

export function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`
}
