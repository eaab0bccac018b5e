import { type Actor, requireRole } from '@shared/actor'
import { DataPlan } from '@shared/contract/interchange'
import type { LabelsApplied, NamedLabel } from '@shared/contract/library'
import { Failure } from '@shared/failures'
import { type Part, bareVideo } from '@main/interchange/format'
import type { DataImportService } from '@main/interchange/import-service'
import type { Project } from '@main/project/project'
import { Names } from './names'

/** Answers that somebody gives by name, for a video or a whole class; all of them are one step of their history of the library. */
export class NamedLabels {
  constructor(
    private readonly project: Project,
    private readonly data: DataImportService,
  ) {}

  /**
   * Who names a video means it: what was said before gives way. What is said of a class never replaces what a person or a
   * consensus said of a video. Attributes that are not there yet are made. Spans of a video take the place of those that
   * this person had marked. Rejects with Failure UNKNOWN_NAME for a video or class, BAD_SETTING or FRAME_NOT_THERE for a
   * span, and then nothing is changed.
   */
  async apply(actor: Actor, labels: readonly NamedLabel[]): Promise<LabelsApplied> {
    requireRole(actor, 'reviewer')
    const names = new Names(this.project.repositories)
    const known = new Map<string, string>()
    const nameOf = ({ of, name }: NamedLabel) => {
      const key = `${of} ${name}`
      const found = known.get(key) ?? (of === 'video' ? names.video(name) : names.class(name)).name
      known.set(key, found)
      return found
    }
    const parts = labels.map((label) => {
      const name = nameOf(label)
      if (label.span) checkSpan(label, this.project.repositories.videos.byName(name)?.frames ?? 0)
      return partOf(label, name)
    })
    const plan = DataPlan.parse({ existing: 'replace', person: actor.id })
    const report = await this.data.take(actor, parts, { plan, title: 'answers' })
    const { answers, changed, newAttributes, kept } = report
    return { labels: answers, videos: changed, newAttributes, kept }
  }
}

/** Throws Failure BAD_SETTING or FRAME_NOT_THERE. */
function checkSpan({ of, value, span }: NamedLabel, frames: number): void {
  const refuse = (reason: string) => new Failure('BAD_SETTING', { setting: 'span', reason })
  if (!span) return
  if (of === 'class' || value !== 'present')
    throw refuse('it says in which frames of one video an attribute is present; leave it out, or name a video')
  if (span.to < span.from) throw refuse(`it would end at frame ${span.to}, before it begins at ${span.from}`)
  if (span.to >= frames) throw new Failure('FRAME_NOT_THERE', { frame: span.to, frames })
}

function partOf({ of, attribute, value, span }: NamedLabel, name: string): Part {
  if (of === 'class') return { kind: 'prior', line: null, prior: { class: name, attribute, value } }
  const said = { source: 'person', person: null, at: Date.now(), confidence: null } as const
  return {
    kind: 'video',
    line: null,
    video: bareVideo(name, { answers: [{ attribute, value, span: span ?? null, ...said }] }),
  }
}
