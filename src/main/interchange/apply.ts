import type { DataPlan, DataReport } from '@shared/contract/interchange'
import { Failure } from '@shared/failures'
import type { PersonId, VideoId } from '@shared/ids'
import type { Project } from '@main/project/project'
import type { Edit } from '@main/store/history/edit'
import type { NeutralPrior, NeutralVideo } from './dataset'
import type { KnownVideo, Part, Reading } from './format'
import { Gathered } from './gathered'
import { ReportBuilder } from './report-builder'
import { Resolver } from './resolver'

/** What an import would do to the project, and the report that says so. Nothing is changed by making it. */
export interface PreparedImport {
  report: DataReport
  edits: readonly Edit[]
}

/** What the file is. */
type About = Pick<DataReport, 'format' | 'title' | 'why'>

/**
 * Works out what a data set does to a project under a plan: names are matched, frames and boxes checked against each
 * video, contradictions and existing answers settled. Whatever cannot be taken is in the report with its line.
 * @param parts the data set, as a format reads it from what it is handed
 */
export async function prepareImport(
  project: Project,
  parts: (reading: Reading) => AsyncIterable<Part>,
  { plan, about, signal }: { plan: DataPlan; about: About; signal: AbortSignal },
): Promise<PreparedImport> {
  const report = new ReportBuilder()
  const incoming = new Incoming(project, plan, report)
  const reading: Reading = {
    video: (name) => incoming.known(name),
    read: (rows) => report.read(rows),
    note: (note) => report.note(note),
    lose: (what, count) => report.lose(what, count),
    signal,
  }
  for await (const part of parts(reading)) {
    signal.throwIfAborted()
    incoming.take(part)
  }
  const edits = incoming.finish()
  return { report: report.build({ ...about, person: plan.person, dryRun: true }), edits }
}

/** The same for parts that are at hand. */
export function prepareParts(
  project: Project,
  parts: readonly Part[],
  { plan, about }: { plan: DataPlan; about: About },
): PreparedImport {
  const report = new ReportBuilder()
  const incoming = new Incoming(project, plan, report)
  report.read(parts.length)
  for (const part of parts) incoming.take(part)
  const edits = incoming.finish()
  return { report: report.build({ ...about, person: plan.person, dryRun: true }), edits }
}

/** Does what was prepared, all of it as one step in this person's history of the library, or nothing. */
export function applyImport(project: Project, { report, edits }: PreparedImport, person: PersonId): DataReport {
  const whose = { scope: 'library', person }
  if (edits.length > 0) project.history.doAll(whose, wordsOf(report), edits)
  const step = edits.length > 0 ? (project.repositories.edits.names(whose).done?.id ?? null) : null
  return { ...report, dryRun: false, step }
}

/** Takes an import back. Throws Failure NOT_LAST_STEP where this person did something else in the library since. */
export function takeBackImport(project: Project, person: PersonId, step: number): { label: string } {
  const whose = { scope: 'library', person }
  const last = project.repositories.edits.names(whose).done
  if (last?.id !== step) throw new Failure('NOT_LAST_STEP', { last: last?.label ?? null })
  project.history.undo(whose)
  return { label: last.label }
}

function wordsOf({ answers, spans, tracks, title }: DataReport): string {
  const counts = [
    answers > 0 ? (answers === 1 ? '1 answer' : `${answers} answers`) : '',
    spans > 0 ? (spans === 1 ? '1 span' : `${spans} spans`) : '',
    tracks > 0 ? (tracks === 1 ? '1 track' : `${tracks} tracks`) : '',
  ].filter(Boolean)
  return counts.length > 0 ? `Import ${inList(counts)}` : `Import ${title}`
}

/** "a, b and c" */
function inList(words: readonly string[]): string {
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter(Boolean).join(' and ')
}

/** The parts of one import on their way in. */
class Incoming {
  private readonly resolver: Resolver
  private readonly gathered: Gathered
  private readonly priors: { prior: NeutralPrior; line: number | null }[] = []

  constructor(
    private readonly project: Project,
    plan: DataPlan,
    report: ReportBuilder,
  ) {
    this.resolver = new Resolver(project.repositories, plan, report)
    this.gathered = new Gathered(project.repositories, plan, report)
  }

  take(part: Part): void {
    if (part.kind === 'class') this.resolver.class(part.name, null)
    else if (part.kind === 'attribute') this.resolver.attribute(part.attribute.name, null, part.attribute)
    else if (part.kind === 'prior') this.priors.push(part)
    else this.video(part.video, part.line)
  }

  finish(): Edit[] {
    for (const { prior, line } of this.priors) this.prior(prior, line)
    this.gathered.askAboutContradictions((id) => this.resolver.className(id))
    const edits = this.gathered.edits()
    return [...this.resolver.edits, ...edits]
  }

  known(name: string): KnownVideo | null {
    const video = this.resolver.peek(name)
    if (!video) return null
    const { frames, width, height, fps } = video
    const timestampsMs = () => this.project.repositories.videos.frameTable(video.id).timestampsMs
    return { name: video.name, frames, width, height, fps, timestampsMs }
  }

  private video(said: NeutralVideo, line: number | null): void {
    const { resolver, gathered } = this
    const video = resolver.video(said.name, said.sha256, line)
    if (!video) return
    const own = said.class === null ? null : resolver.class(said.class, line)
    if (own) gathered.class(video, own, line)
    if (said.split) gathered.split(video, said.split, line)
    if (said.group) gathered.group(video, said.group, line)
    for (const answer of said.answers) {
      const attribute = resolver.attribute(answer.attribute, line)
      if (attribute) gathered.answer(video, attribute, { said: answer, line })
    }
    for (const track of said.tracks) {
      const attribute = track.attribute === null ? null : resolver.attribute(track.attribute, line)
      if (attribute || track.attribute === null) gathered.track(video, attribute, { said: track, line })
    }
  }

  private prior({ class: name, attribute: word, value }: NeutralPrior, line: number | null): void {
    const ofClass = this.resolver.class(name, line, false)
    const attribute = ofClass && this.resolver.attribute(word, line)
    if (!ofClass || !attribute) return
    const videos: VideoId[] = this.gathered.members(ofClass)
    this.gathered.prior(videos, attribute, value)
  }
}
