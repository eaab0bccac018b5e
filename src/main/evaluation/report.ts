import type { MethodMetrics } from '@shared/contract/evaluation'
import type { Box } from '@shared/geometry/box'
import { reportStyle } from './report-style'

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
  /** IoU with people's boxes; null where there are none. */
  iou: number | null
  assigned: boolean
  supported: boolean
  pictures: readonly ReportPicture[]
  /** Largest delta_m of each sampled frame. */
  perFrame: readonly { delta: number; covered: boolean }[]
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
  cards: readonly ReportCard[]
  checks: readonly ReportCheck[]
}

export interface ReportPage {
  title: string
  lead: string
  facts: readonly { label: string; value: string }[]
  warnings: readonly string[]
  /** The table of an evaluation; empty for the answer to one question. */
  columns: readonly MethodMetrics[]
  examples: readonly ReportExample[]
  /** Settings that the numbers hold for, as name and value. */
  settings: readonly { name: string; value: string }[]
}

/** Names of the metrics on the page; others keep their key. */
const metricNames: Record<string, string> = {
  rightAttribute: 'right attribute',
  conceptTop1: 'concept top\u20111',
  conceptTop3: 'concept top\u20113',
  conceptTop5: 'concept top\u20115',
  ncaTop1: 'NCA top\u20111',
  ncaTop3: 'NCA top\u20113',
  ncaTop5: 'NCA top\u20115',
  probabilityDecrease: 'p decrease',
  relativeDrop: 'relative drop',
  tubeIou: 'tube IoU',
  notAnnotated: 'not annotated',
}

const methodNames: Record<string, string> = {
  method: 'The method, ranked by min',
  selectByMax: 'The method, ranked by max',
  classPrior: 'Class-pair prior',
  randomTube: 'Random tube',
  trueTube: 'True tube',
  centreCrop: 'Centre crop',
  actorTube: 'Actor tube',
  gradCam: 'Grad-CAM 3-D',
  gradCamDifference: 'Grad-CAM, A minus B',
  saliencyTube: 'Saliency tube',
  saliencyDifference: 'Saliency, A minus B',
  gradientInput: 'Gradient x input',
  occlusion: 'Occlusion 3-D',
  positiveOnly: 'Without the subtraction',
}

/** A report as one page that needs nothing else: text, table and pictures. Everything given is escaped. */
export function reportPage(page: ReportPage): string {
  const { title, lead, facts, warnings, columns, examples, settings } = page
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${reportStyle}</style>
</head>
<body><main>
<h1>${escape(title)}</h1>
<p>${escape(lead)}</p>
${facts.length ? `<dl class="facts">${facts.map(factOf).join('')}</dl>` : ''}
${warnings.map((warning) => `<p class="warning" role="note">&#9888; ${escape(warning)}</p>`).join('\n')}
${columns.length ? tableSection(columns) : ''}
${examples.length ? `<h2>${examples.length === 1 ? 'The answer' : 'Examples'}</h2>${legend()}${examples.map(exampleBox).join('\n')}` : ''}
${settings.length ? settingsSection(settings) : ''}
</main></body>
</html>
`
}

function factOf({ label, value }: ReportPage['facts'][number]): string {
  return `<div><dt>${escape(label)}</dt><dd>${escape(value)}</dd></div>`
}

function tableSection(columns: readonly MethodMetrics[]): string {
  const shown = columns.filter(({ method }) => method !== 'classifier')
  const keys = [...new Set(shown.flatMap(({ metrics }) => Object.keys(metrics)))]
  const head = keys.map((key) => `<th scope="col">${escape(metricNames[key] ?? key)}</th>`).join('')
  const rows = shown.map(({ method, metrics }) => {
    const cells = keys.map((key) => `<td>${metricCell(metrics[key])}</td>`).join('')
    const own = method === 'method' ? ' class="own"' : ''
    return `<tr${own}><td>${escape(methodNames[method] ?? method)}</td>${cells}</tr>`
  })
  return `<h2>Measured</h2><div class="box scroll"><table><thead><tr><th scope="col">Explanation</th>${head}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>
<p class="quiet">Below each value its 95 % interval (bootstrap over videos) and the number of outputs it is a mean of.
NCA never stands alone: read it beside the random tube of the same shape and length, and beside the true tube.</p>`
}

function metricCell(metric: MethodMetrics['metrics'][string] | undefined): string {
  if (!metric || metric.value === null) return '&ndash;'
  const { value, low, high, count } = metric
  const interval = low === null || high === null ? '' : `${number(low)}&ndash;${number(high)}<br>`
  return `${number(value)}<div class="quiet">${interval}n = ${count}</div>`
}

function legend(): string {
  const key = (mark: string, text: string) =>
    `<span class="key quiet"><svg viewBox="0 0 18 12" aria-hidden="true">${mark}</svg>${text}</span>`
  const model =
    '<rect x="2" y="2" width="14" height="8" fill="#E69F00" fill-opacity=".2" stroke="#E69F00" stroke-width="1.5"/>'
  const people = `<path d="${corners({ x1: 2, y1: 2, x2: 16, y2: 10 }, 4)}" fill="none" stroke="#888" stroke-width="1.5"/>`
  return `<p>${key(model, "the model's tube")}${key(people, "people's box")}</p>`
}

function exampleBox(example: ReportExample): string {
  const { video, pos, neg, label, cards, checks, probabilities } = example
  const said = label === null ? '' : `, labelled <b>${escape(label)}</b>`
  return `<section class="box"><h3>Why <b>${escape(pos)}</b> (A), and not <b>${escape(neg)}</b> (B)?</h3>
<p class="quiet">${escape(video)}${said}</p>
${scoreBars(probabilities, { pos, neg })}
<div class="cards">${cards.map(cardOf).join('\n')}</div>
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
  const { attribute, color, score, minScore, iou, assigned, supported, pictures, perFrame } = card
  const notes = [
    `score ${signed(score)}`,
    `minimum ${signed(minScore)}`,
    iou === null ? "no people's boxes" : `IoU ${number(iou)}`,
    ...(assigned ? [] : ['not annotated in this video']),
  ]
  const title = supported ? escape(attribute) : `${escape(attribute)}: no supporting evidence`
  return `<article class="card${supported ? '' : ' none'}"><header>${swatch(color)}<h3>${title}</h3><span class="quiet">${notes.join(' &middot; ')}</span></header>
<div class="strip">${pictures.map((picture) => pictureOf(picture, color)).join('')}</div>${curveOf(perFrame)}</article>`
}

function swatch(color: string): string {
  return `<svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" rx="2" fill="${escape(color)}" stroke="#0006"/></svg>`
}

function pictureOf({ src, width, height, frame, tube, truth }: ReportPicture, color: string): string {
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
  return `<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="frame ${frame}"><image href="${escape(src)}" width="${width}" height="${height}"/>${people}${box}</svg><figcaption>${frame}</figcaption></figure>`
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

function settingsSection(settings: ReportPage['settings']): string {
  const rows = settings.map(({ name, value }) => `<tr><td>${escape(name)}</td><td>${escape(value)}</td></tr>`)
  return `<h2>Settings</h2><div class="box scroll"><table><tbody>${rows.join('')}</tbody></table></div>`
}

function number(value: number): string {
  return value.toFixed(2).replace(/^-/, '\u2212')
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${number(value)}`
}

function place(value: number): string {
  return String(Math.round(value * 100) / 100)
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
