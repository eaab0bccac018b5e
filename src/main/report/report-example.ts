import { signed } from '@shared/answer-words'
import type { Box } from '@shared/geometry/box'
import { presenceWords } from '@shared/presence-words'
import { escape, number, place } from './html'

/** One sampled frame of a card: the picture, the model's box and people's boxes, in the picture's own pixels. */
export interface ReportPicture {
  /** data: address of the picture, so that the page needs nothing else. */
  src: string
  width: number
  height: number
  /** Ordinal in the video, from 0. */
  frame: number
  tube: Box | null
  truth: readonly Box[]
}

export interface ReportCard {
  attribute: string
  /** CSS colour of the attribute; its name is never coloured. */
  color: string
  score: number
  minScore: number
  /** Probability that the clip shows it; null where the model cannot tell. */
  presence: number | null
  /** IoU with people's boxes; null where there are none. */
  iou: number | null
  /** Why it is no evidence; null where it is. */
  unsupported: string | null
  /** Who gave the video the attribute, and how few clips it was learned from. */
  notes: readonly string[]
  pictures: readonly ReportPicture[]
  /** Largest delta_m of each sampled frame. */
  perFrame: readonly { delta: number; covered: boolean }[]
}

/** What another way to ask says beside the first card. */
export interface ReportSecond {
  sentence: string
  /** IoU with the first card's tube; null where there is no second opinion. */
  agreement: number | null
  color: string
  pictures: readonly ReportPicture[]
}

/** What masking did to the probabilities of A and B. */
export interface ReportCheck {
  name: string
  pos: number
  neg: number
}

export interface ReportExample {
  video: string
  pos: string
  neg: string
  label: string | null
  /** Largest first. */
  probabilities: readonly { name: string; probability: number }[]
  /** The answer in a sentence, what stands behind it, and what must be said of the model. */
  answer: string
  cautions: readonly string[]
  cards: readonly ReportCard[]
  second: ReportSecond
  checks: readonly ReportCheck[]
}

/** What the lines on the pictures mean. */
export function exampleLegend(): string {
  const key = (mark: string, text: string) =>
    `<span class="key quiet"><svg viewBox="0 0 18 12" aria-hidden="true">${mark}</svg>${text}</span>`
  const model =
    '<rect x="2" y="2" width="14" height="8" fill="#E69F00" fill-opacity=".2" stroke="#E69F00" stroke-width="1.5"/>'
  const people = `<path d="${corners({ x1: 2, y1: 2, x2: 16, y2: 10 }, 4)}" fill="none" stroke="#888" stroke-width="1.5"/>`
  return `<p>${key(model, "the model's tube")}${key(people, "people's box")}</p>`
}

/** One question with its answers, pictures and mask check. */
export function exampleBox(example: ReportExample): string {
  const { video, pos, neg, label, answer, cautions, cards, second, checks, probabilities } = example
  const said = label === null ? '' : `, labelled <b>${escape(label)}</b>`
  return `<section class="box"><h3>Why <b>${escape(pos)}</b> (A), and not <b>${escape(neg)}</b> (B)?</h3>
<p class="quiet">${escape(video)}${said}</p>
<p><b>${escape(answer)}</b></p>${cautions.map((text) => `<p class="quiet">${escape(text)}</p>`).join('')}
${scoreBars(probabilities, { pos, neg })}
<div class="cards">${cards.map(cardOf).join('\n')}${secondOf(second)}</div>
${checks.length ? checkTable(checks) : ''}</section>`
}

function scoreBars(list: ReportExample['probabilities'], { pos, neg }: { pos: string; neg: string }): string {
  const shown = list.filter(({ name }, i) => i < 5 || name === pos || name === neg)
  const bars = shown.map(({ name, probability }) => {
    const [letter, side] = name === pos ? ['A ', ' a'] : name === neg ? ['B ', ' b'] : ['', '']
    const width = (100 * Math.max(0, Math.min(1, probability))).toFixed(1)
    return `<span>${letter && `<b>${letter}</b>`}${escape(name)}</span><div class="track"><div class="fill${side}" style="width:${width}%"></div></div><span>${probability.toFixed(3)}</span>`
  })
  return `<div class="scores">${bars.join('')}</div>`
}

function cardOf(card: ReportCard): string {
  const { attribute, color, score, minScore, presence, iou, unsupported, pictures, perFrame } = card
  const notes = [
    `score ${signed(score)}`,
    `minimum ${signed(minScore)}`,
    ...[presenceWords(presence) ?? []].flat(),
    iou === null ? "no people's boxes" : `IoU ${number(iou)}`,
    ...card.notes.map(escape),
  ]
  const title = escape(unsupported === null ? attribute : `${attribute}. ${unsupported}`)
  return `<article class="card${unsupported === null ? '' : ' none'}"><header>${swatch(color)}<h3>${title}</h3><span class="quiet">${notes.join(' &middot; ')}</span></header>
${stripOf(pictures, color)}${curveOf(perFrame)}</article>`
}

function secondOf({ sentence, agreement, color, pictures }: ReportSecond): string {
  const overlap =
    agreement === null ? '' : `<span class="quiet">overlap with the first tube ${number(agreement)}</span>`
  return `<article class="card"><header><h3>Another way to ask: Grad-CAM of A minus B</h3>${overlap}</header>
<p>${escape(sentence)}</p>${pictures.length ? stripOf(pictures, color) : ''}</article>`
}

/** A patch of an attribute's colour. */
export function swatch(color: string): string {
  return `<svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" rx="2" fill="${escape(color)}" stroke="#0006"/></svg>`
}

/** Pictures side by side, each over its frame. */
export function stripOf(pictures: readonly ReportPicture[], color: string): string {
  return `<div class="strip">${pictures.map((picture) => pictureOf(picture, color)).join('')}</div>`
}

function pictureOf(picture: ReportPicture, color: string): string {
  const { width, height, frame } = picture
  return `<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="frame ${frame}">${pictureMarks(picture, color)}</svg><figcaption>${frame}</figcaption></figure>`
}

/** The picture with the model's tube and people's boxes, as SVG in the picture's own pixels. */
export function pictureMarks({ src, width, height, tube, truth }: ReportPicture, color: string): string {
  const line = Math.max(1, Math.round(width / 90))
  const box = tube
    ? `<rect ${rectOf(tube)} fill="none" stroke="#000" stroke-opacity=".6" stroke-width="${2 * line}"/><rect ${rectOf(tube)} fill="${escape(color)}" fill-opacity=".12" stroke="${escape(color)}" stroke-width="${line}"/>`
    : ''
  const people = truth
    .map((b) => corners(b, Math.max(2, Math.min(b.x2 - b.x1, b.y2 - b.y1) / 3)))
    .map(
      (d) =>
        `<path d="${d}" fill="none" stroke="#000" stroke-opacity=".6" stroke-width="${2 * line}"/><path d="${d}" fill="none" stroke="#fff" stroke-width="${line}"/>`,
    )
    .join('')
  return `<image href="${escape(src)}" width="${width}" height="${height}"/>${people}${box}`
}

function rectOf({ x1, y1, x2, y2 }: Box): string {
  return `x="${place(x1)}" y="${place(y1)}" width="${place(x2 - x1)}" height="${place(y2 - y1)}"`
}

/** Four corner brackets: what people drew, told from the model's closed box without colour. */
function corners({ x1, y1, x2, y2 }: Box, arm: number): string {
  const corner = (x: number, y: number, dx: number, dy: number) =>
    `M${place(x + dx)} ${place(y)}H${place(x)}V${place(y + dy)}`
  return [
    corner(x1, y1, arm, arm),
    corner(x2, y1, -arm, arm),
    corner(x1, y2, arm, -arm),
    corner(x2, y2, -arm, -arm),
  ].join('')
}

/** Largest delta_m frame by frame; frames of the tube are full, others faint. */
function curveOf(perFrame: ReportCard['perFrame']): string {
  if (perFrame.length === 0) return ''
  const values = perFrame.map(({ delta }) => delta)
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)]
  const scale = high > low ? 40 / (high - low) : 0
  const zero = 2 + high * scale
  const bars = perFrame.map(({ delta, covered }, i) => {
    const y = delta >= 0 ? zero - delta * scale : zero
    return `<rect x="${i + 0.1}" y="${place(y)}" width=".8" height="${place(Math.abs(delta) * scale)}" fill="var(--heat)" opacity="${covered ? 1 : 0.35}"/>`
  })
  return `<svg class="curve" viewBox="0 0 ${perFrame.length} 44" preserveAspectRatio="none" role="img" aria-label="largest score of each frame, from ${number(low)} to ${number(high)}">${bars.join('')}<rect y="${place(zero)}" width="${perFrame.length}" height=".6" fill="var(--text-2)"/></svg>`
}

function checkTable(checks: readonly ReportCheck[]): string {
  const rows = checks.map(
    ({ name, pos, neg }) => `<tr><td>${escape(name)}</td><td>${pos.toFixed(3)}</td><td>${neg.toFixed(3)}</td></tr>`,
  )
  return `<div class="scroll" style="max-width:440px;margin-top:12px"><table><thead><tr><th scope="col">Mask check</th><th scope="col">p(A)</th><th scope="col">p(B)</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}
