import type { DataPlan } from '@shared/contract/interchange'
import { joinedSpans } from '@shared/geometry/span'
import { type AttributeId, type PersonId, SpanId, type VideoId } from '@shared/ids'
import type { SaidState } from '@main/edits/annotation/said'
import { newId } from '@main/store/database/new-id'
import type { Repositories } from '@main/store/repositories'
import type { WholeSpan } from '@main/store/repositories/span-repository'
import type { VideoRecord } from '@main/store/repositories/video-repository'
import type { Span } from './dataset'
import type { ReportBuilder } from './report-builder'

/** Whose spans of what. */
interface Place {
  video: VideoId
  attribute: AttributeId
  person: PersonId
}

interface Marked extends Span {
  at: number | null
}

/** What a file says at one place, and where it did first. */
interface Given {
  place: Place
  video: VideoRecord
  line: number | null
  spans: Marked[]
}

/** What the file comes to at a place of spans; null where it sets nothing there. */
type AnswerOf = (place: Place, about: Pick<Given, 'video' | 'line'> & { at: number | null }) => SaidState | null

/** From where to where a file says that attributes are seen: part of the answer "present", which it gives with them. */
export class GatheredSpans {
  /** Answers that stood before and are set as they were, with the spans of the file. */
  unchanged = 0
  private readonly given = new Map<string, Given>()

  constructor(
    private readonly stored: Repositories,
    private readonly plan: DataPlan,
    private readonly report: ReportBuilder,
  ) {}

  add(
    place: Place,
    video: VideoRecord,
    { span, at, line }: { span: Span; at: number | null; line: number | null },
  ): void {
    const fitted = this.fitted(span, video, line)
    if (!fitted) return
    const key = JSON.stringify([place.video, place.attribute, place.person])
    const given = this.given.get(key) ?? { place, video, line, spans: [] }
    this.given.set(key, given)
    given.spans.push({ ...fitted, at })
  }

  /**
   * What is to stand where the file has spans.
   * @param answerOf the file's answer there, "present" where it gives none and that may be said; null where another stays
   */
  *states(answerOf: AnswerOf): Generator<SaidState> {
    for (const { place, video, line, spans } of this.given.values()) {
      const own = this.stored.answers.find(place)
      const isKept = own?.value === 'present' && this.plan.existing !== 'replace'
      const state = isKept ? { ...place, answer: own } : answerOf(place, { video, at: spans[0]?.at ?? null, line })
      if (state === null) this.report.kept += own ? 0 : 1
      else if (state.answer?.value !== 'present') {
        const reason = `${video.name}: an attribute is said to be ${state.answer?.value ?? 'nothing'} and seen in some frames; the answer counts`
        this.report.note({ kind: 'skipped', line, reason }, spans.length)
      } else {
        const marked = this.marked(state, spans, place)
        if (marked && isKept) this.unchanged += 1
        if (marked) yield marked
      }
    }
  }

  /** The state with the spans; null where those that are there stay: an answer that is given anew takes none away. */
  private marked(state: SaidState, spans: readonly Marked[], place: Place): SaidState | null {
    const joined = joinedSpans(spans)
    const there = this.stored.spans.ofPlace(place)
    const isSame = isAlike(joined, there)
    if (isSame) return null
    if (there.length > 0 && this.plan.existing !== 'replace') {
      this.report.kept += 1
      return null
    }
    this.report.spans += joined.length
    return { ...state, spans: joined.map((span): WholeSpan => whole(span, place)) }
  }

  /** As the video can hold it: shifted as asked, and cut at its ends. */
  private fitted({ from, to }: Span, { name, frames }: VideoRecord, line: number | null): Span | null {
    const moved = { from: from + this.plan.shift, to: to + this.plan.shift }
    const note = (kind: 'skipped' | 'outOfRange' | 'clamped', reason: string) => {
      this.report.note({ kind, line, reason: `${name}: ${reason}` })
      return null
    }
    if (moved.to < moved.from) return note('skipped', 'a span ends before it begins')
    if (moved.to < 0 || moved.from >= frames)
      return note('outOfRange', `a span from frame ${moved.from} to ${moved.to}: it has frames 0 to ${frames - 1}`)
    const cut = { from: Math.max(0, moved.from), to: Math.min(frames - 1, moved.to) }
    if (cut.from !== moved.from || cut.to !== moved.to)
      note('clamped', `a span reached beyond its frames 0 to ${frames - 1}`)
    return cut
  }
}

function isAlike(a: readonly Span[], b: readonly Span[]): boolean {
  return a.length === b.length && a.every(({ from, to }, i) => b[i]?.from === from && b[i].to === to)
}

function whole({ from, to, at }: Marked, place: Place): WholeSpan {
  return { id: newId(SpanId), ...place, from, to, at: at ?? Date.now() }
}
