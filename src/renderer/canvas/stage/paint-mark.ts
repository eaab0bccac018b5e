import type { Box } from '@shared/geometry/box'
import { type AttributeLook, attributeLook } from '@renderer/theme/attribute-look'
import { stageColors } from '@renderer/theme/konva'
import { fonts, marks } from '@renderer/theme/tokens'
import type { MarkLook } from './marks'

const unknownText = marks['on-attr']

/** A mark ready to be painted: its box in pixels of the canvas. */
export interface PaintedMark {
  box: Box
  look: MarkLook
  slot: number | null
  label?: string
  selected?: boolean
}

/** Colour and line of an attribute's mark; an attribute unknown is drawn in the truth's white. */
function strokeOf(slot: number | null): Pick<AttributeLook, 'color' | 'dash' | 'on'> {
  return slot === null ? { color: stageColors.truth, dash: [], on: unknownText } : attributeLook(slot)
}

/** How much of the picture a quiet mark lets through, and those that have no halo. */
const quiet: Readonly<Partial<Record<MarkLook, number>>> = { trace: 0.75, area: 0.6, other: 0.55 }

const dashes: Readonly<Partial<Record<MarkLook, number[]>>> = {
  between: [7, 5],
  occluded: [2, 4],
  proposed: [9, 4, 2, 4],
  trace: [5, 5],
  area: [3, 5],
  other: [3, 4],
}

/**
 * Draws a mark: who says it by its line, which attribute by its colour, a dark halo outside so that it shows on any
 * picture. Line widths are in pixels of the canvas, whatever the zoom.
 */
export function paintMark(context: CanvasRenderingContext2D, mark: PaintedMark): void {
  context.save()
  context.lineJoin = 'miter'
  if (mark.look === 'truth') paintBrackets(context, mark)
  else paintBox(context, mark)
  if (mark.label) paintTab(context, mark)
  context.restore()
}

function paintBox(context: CanvasRenderingContext2D, { box, look, slot }: PaintedMark): void {
  const { color, dash } = strokeOf(slot)
  const { x1, y1, x2, y2 } = box
  const [width, height] = [x2 - x1, y2 - y1]
  const alpha = quiet[look]
  if (alpha !== undefined) context.globalAlpha = alpha
  if (look === 'tube') {
    context.save()
    context.globalAlpha = stageColors.tubeFill
    context.fillStyle = color
    context.fillRect(x1, y1, width, height)
    context.restore()
  }
  const line = alpha === undefined ? 3 : 1.5
  if (alpha === undefined) {
    context.setLineDash([])
    context.strokeStyle = stageColors.halo
    context.lineWidth = line + 2
    context.strokeRect(x1, y1, width, height)
  }
  context.strokeStyle = color
  context.lineWidth = line
  context.setLineDash(dashes[look] ?? dash)
  context.strokeRect(x1, y1, width, height)
}

/** White corners edged in the attribute's colour, as long as a third of the side. */
function paintBrackets(context: CanvasRenderingContext2D, { box, slot }: PaintedMark): void {
  const path = bracketPath(box)
  const { color } = strokeOf(slot)
  for (const [style, width] of [
    [stageColors.halo, 7],
    [color, 5],
    [stageColors.truth, 2],
  ] as const) {
    context.strokeStyle = style
    context.lineWidth = width
    context.beginPath()
    for (const [first, ...rest] of path) {
      if (first) context.moveTo(...first)
      for (const point of rest) context.lineTo(...point)
    }
    context.stroke()
  }
}

function bracketPath({ x1, y1, x2, y2 }: Box): [number, number][][] {
  const [dx, dy] = [x2 - x1, y2 - y1].map((side) => Math.min(side / 3, Math.max(6, side / 4)))
  return [
    [x1, y1, dx, dy] as const,
    [x2, y1, -(dx ?? 0), dy] as const,
    [x2, y2, -(dx ?? 0), -(dy ?? 0)] as const,
    [x1, y2, dx, -(dy ?? 0)] as const,
  ].map(([x, y, along = 0, down = 0]) => [
    [x + along, y],
    [x, y],
    [x, y + down],
  ])
}

/** The tab with the attribute's name, above the box or inside its top where there is no room. */
function paintTab(context: CanvasRenderingContext2D, mark: PaintedMark): void {
  const { box, label = '', slot, look } = mark
  context.globalAlpha = look === 'other' ? 0.7 : 1
  context.setLineDash([])
  context.font = `600 11px ${fonts.ui}`
  const width = Math.ceil(context.measureText(label).width) + 12
  const height = 18
  const top = box.y1 - height < 0 ? box.y1 : box.y1 - height
  const left = Math.max(0, box.x1 - 2)
  context.fillStyle = strokeOf(slot).color
  context.strokeStyle = stageColors.halo
  context.lineWidth = 1
  context.strokeRect(left - 0.5, top - 0.5, width + 1, height + 1)
  context.fillRect(left, top, width, height)
  context.fillStyle = strokeOf(slot).on
  context.textBaseline = 'middle'
  context.fillText(label, left + 6, top + height / 2 + 0.5)
}

/** The white handles of a selected box. */
export function paintHandle(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.save()
  context.fillStyle = stageColors.handle
  context.strokeStyle = stageColors.halo
  context.lineWidth = 2
  context.strokeRect(x - 4, y - 4, 8, 8)
  context.fillRect(x - 4, y - 4, 8, 8)
  context.restore()
}
