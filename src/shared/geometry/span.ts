import type { Frame } from '@shared/ids'

/** Frames `from` to `to`, both inclusive. */
interface Ends {
  from: Frame
  to: Frame
}

/** Spans in rising order, those that overlap or touch made one, which keeps what the earliest of them says beside its ends. */
export function joinedSpans<Span extends Ends>(spans: readonly Span[]): Span[] {
  return [...spans]
    .sort((a, b) => a.from - b.from)
    .reduce<Span[]>((joined, span) => {
      const last = joined.at(-1)
      if (!last || span.from > last.to + 1) return [...joined, span]
      return [...joined.slice(0, -1), { ...last, to: Math.max(last.to, span.to) }]
    }, [])
}
