import { computed } from 'vue'
import type { Annotations, AttributeSpan } from '@shared/contract/annotation'
import type { AttributeInfo } from '@shared/contract/library'
import type { AttributeId, Frame, SpanId } from '@shared/ids'
import { inGroups } from '@shared/hotkeys'
import type { SpanRow } from '@renderer/canvas/timeline/span-row'
import type { Player } from '@renderer/canvas/player/player'
import { useAnnotation } from '@renderer/stores/annotation'
import { useNotices } from '@renderer/stores/notices'
import { useVocabulary } from '@renderer/stores/vocabulary'

/** From where to where attributes are seen: the rows of the timeline, and what keys and buttons do to the spans. */
export function useSpans(player: Player, others: () => Annotations['others']) {
  const annotation = useAnnotation()
  const vocabulary = useVocabulary()
  const notices = useNotices()

  const rows = computed(() =>
    spanRows(inGroups(vocabulary.attributes), {
      ...{ spans: annotation.spans, current: annotation.attribute },
      others: others(),
    }),
  )

  /** Runs something on the current attribute in the frame drawn. */
  function here(run: (attribute: AttributeId, frame: Frame, last: Frame) => unknown): void {
    const [frame, { attribute, video }] = [player.drawn.value, annotation]
    if (frame === null || !video) return
    if (attribute) run(attribute, frame, video.frames - 1)
    else notices.show({ kind: 'info', text: 'Choose an attribute first: click its row, or press its number.' })
  }

  const of = (attribute: AttributeId) => annotation.spans.filter((span) => span.attribute === attribute)

  /** What the keys move: the selected span of the attribute, else the one that lies over the frame. */
  const meant = (attribute: AttributeId, frame: Frame) =>
    annotation.span?.attribute === attribute ? annotation.span : spanAt(of(attribute), frame)

  /** The attribute is seen from here; where no span is meant, one begins that lasts until the next, or to the end. */
  const from = () =>
    here((attribute, frame, last) => {
      const span = meant(attribute, frame)
      if (span && frame <= span.to) return retime(span, { from: frame, to: span.to })
      const next = of(attribute).find((one) => one.from > frame)
      return annotation.addSpan(attribute, { from: frame, to: Math.max(frame, next ? next.from - 2 : last) })
    })

  /** The attribute is seen until here; where no span is meant, since the one before, or the beginning. */
  const to = () =>
    here((attribute, frame) => {
      const span = meant(attribute, frame)
      if (span && frame >= span.from) return retime(span, { from: span.from, to: frame })
      const before = of(attribute).findLast((one) => one.to < frame)
      return annotation.addSpan(attribute, { from: Math.min(frame, before ? before.to + 2 : 0), to: frame })
    })

  function retime(span: AttributeSpan, ends: { from: Frame; to: Frame }): Promise<unknown> {
    annotation.selectSpan(span.id)
    return annotation.setSpan(span.id, ends)
  }

  /** By its button in a row: of that attribute, whichever was current. */
  function begin(row: string): void {
    annotation.attribute = row as AttributeId
    from()
  }

  function move(span: string, ends: { from: Frame; to: Frame }, done: () => void): void {
    void annotation.setSpan(span as SpanId, ends).finally(done)
  }

  function remove(): void {
    if (annotation.span) void annotation.removeSpan(annotation.span.id)
  }

  const select = (span: string) => annotation.selectSpan(span as SpanId)
  return { rows, from, to, begin, move, remove, select }
}

export type Spans = ReturnType<typeof useSpans>

/** The span that lies over a frame. */
function spanAt(spans: readonly AttributeSpan[], frame: Frame): AttributeSpan | null {
  return spans.find(({ from, to }) => from <= frame && frame <= to) ?? null
}

/** A row for each attribute that has spans, one for the current one, and those of others last. */
export function spanRows(
  attributes: readonly AttributeInfo[],
  {
    spans,
    current,
    others,
  }: {
    spans: readonly AttributeSpan[]
    current: AttributeId | null
    others: Pick<Annotations['others'], 'people' | 'spans'>
  },
): SpanRow[] {
  const own = Map.groupBy(spans, ({ attribute }) => attribute)
  const ofOthers = Map.groupBy(others.spans, ({ attribute, person }) => `${attribute} ${person}`)
  const names = new Map(others.people.map(({ id, name }) => [id, name]))
  return [
    ...attributes
      .filter(({ id }) => own.has(id) || id === current)
      .map(({ id, name, slot }) => ({ id, name, slot, spans: own.get(id) ?? [] })),
    ...[...ofOthers].map(([id, some]) => {
      const attribute = attributes.find((one) => one.id === some[0]?.attribute)
      const [name, slot] = [attribute?.name ?? 'unknown attribute', attribute?.slot ?? null]
      return { id, name, slot, spans: some, by: (some[0] && names.get(some[0].person)) ?? 'somebody' }
    }),
  ]
}
