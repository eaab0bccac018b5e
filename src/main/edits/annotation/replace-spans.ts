import { AttributeSpan } from '@shared/contract/annotation'
import { Failure } from '@shared/failures'
import { SpanId, VideoId } from '@shared/ids'
import { type Edit, defineEdit } from '@main/store/history/edit'
import type { SpanRepository } from '@main/store/repositories/span-repository'
import { z } from 'zod'

export const WholeSpan = AttributeSpan.extend({ video: VideoId })
type WholeSpan = z.infer<typeof WholeSpan>

/**
 * Removes some spans and puts others in their place; one that comes to touch another of the same person and attribute is
 * joined with it. Only an attribute that the person answered present has spans. It takes back whatever else is done to
 * spans; its own inverse is the spans as they were.
 */
export const replaceSpans = defineEdit({
  kind: 'span.replace',
  change: z.object({ remove: z.array(SpanId), put: z.array(WholeSpan) }),
  label: ({ remove, put }) => (put.length > 0 ? 'Put back spans' : `Remove ${remove.length} spans`),
  touches: ({ remove, put }) => ({ spans: [...remove, ...put.map(({ id }) => id)] }),
  apply({ videos, attributes, answers, spans }, { remove, put }): Edit {
    for (const span of put) {
      videos.get(span.video)
      attributes.get(span.attribute)
      const isPresent = answers.find(span)?.value === 'present'
      if (!isPresent) throw new Failure('NOT_FOUND', { kind: 'answer "present"', id: span.attribute })
    }
    const there = [...remove.map((id) => spans.get(id)), ...put.flatMap(({ id }) => spans.find(id) ?? [])]
    const places = [...Map.groupBy([...there, ...put], placeOf).values()].flatMap(([one]) => one ?? [])
    const before = places.flatMap((place) => spans.ofPlace(place))
    spans.remove([...remove, ...put.map(({ id }) => id)])
    for (const span of put) putJoined(spans, span)
    const after = places.flatMap((place) => spans.ofPlace(place))
    return replaceSpans.of({ remove: without(after, before).map(({ id }) => id), put: changed(before, after) })
  },
})

/** Puts a span, and what it touches into it. */
function putJoined(spans: SpanRepository, span: WholeSpan): void {
  const touched = spans.ofPlace(span).filter(({ from, to }) => from <= span.to + 1 && to >= span.from - 1)
  spans.remove(touched.map(({ id }) => id))
  const all = [span, ...touched]
  const ends = { from: Math.min(...all.map(({ from }) => from)), to: Math.max(...all.map(({ to }) => to)) }
  spans.insertAll([{ ...span, ...ends }])
}

function placeOf({ video, attribute, person }: WholeSpan): string {
  return JSON.stringify([video, attribute, person])
}

/** Those whose ids the others do not have. */
function without(some: readonly WholeSpan[], others: readonly WholeSpan[]): WholeSpan[] {
  const ids = new Set(others.map(({ id }) => id))
  return some.filter(({ id }) => !ids.has(id))
}

/** Those of before that are gone or stand otherwise. */
function changed(before: readonly WholeSpan[], after: readonly WholeSpan[]): WholeSpan[] {
  const now = new Map(after.map((span) => [span.id, JSON.stringify(span)]))
  return before.filter((span) => now.get(span.id) !== JSON.stringify(span))
}
