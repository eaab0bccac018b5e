import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'
import type { Evaluation, Outcome } from '@shared/contract/evaluation'
import type { FilmFormat, MadeFile, OutcomeFile } from '@shared/contract/films'
import { Failure } from '@shared/failures'
import { stripFrames } from '@shared/geometry/tube-at'
import type { AttributeId, ClassId } from '@shared/ids'
import { type Names, outcomesCsv, outcomesJson } from '@shared/outcome-rows'
import { type ReportOutcome, outcomesPage } from '@main/report/outcomes-page'
import { settingsOf } from '@main/report/pages'
import type { Repositories } from '@main/store/repositories'
import { type TubeFilms, filmEndings } from './tube-films'

/** A page with more pictures is too large for a browser, a zip of more films takes too long to wait for. */
const mostPictured = 200
/** Of each output on a page. */
const picturesEach = 4
const pictureSide = 160
const theBest = { method: 'method', topRank: 0 }

/** Outputs of an evaluation as files for elsewhere: those somebody chose, or the best of every question. */
export class OutcomeFiles {
  constructor(
    private readonly repositories: Repositories,
    private readonly films: TubeFilms,
  ) {}

  /** Rejects with Failure NOT_FOUND, BAD_SETTING where more films are asked for than one waits for. */
  async make({ evaluation: id, outcomes, format }: OutcomeFile, signal?: AbortSignal): Promise<MadeFile> {
    const { evaluations } = this.repositories
    const evaluation = evaluations.get(id)
    const rows = outcomes?.map((one) => evaluations.outcome(one)) ?? evaluations.outcomes(id, theBest)
    switch (format) {
      case 'csv':
        return made('text/csv', outcomesCsv(rows, this.names()))
      case 'json':
        return made('application/json', outcomesJson(rows, this.names()))
      case 'html':
        return made('text/html', await this.page(evaluation, rows, signal))
      default:
        return made('application/zip', await this.zip(format, rows, signal))
    }
  }

  private names(): Names {
    const { attributes, classes } = this.repositories
    const [words, kinds] = [attributes, classes].map(
      (list) => new Map<string, string>(list.rows().map(({ id, name }) => [id, name])),
    )
    return {
      attribute: (id: AttributeId) => words?.get(id) ?? id,
      class: (id: ClassId) => kinds?.get(id) ?? id,
    }
  }

  private async page(evaluation: Evaluation, rows: readonly Outcome[], signal?: AbortSignal): Promise<string> {
    const names = this.names()
    const outcomes: ReportOutcome[] = []
    for (const [i, row] of rows.entries())
      outcomes.push(await this.shown(row, { names, pictured: i < mostPictured, signal }))
    const more = rows.length > mostPictured ? `, the first ${mostPictured} with pictures` : ''
    return outcomesPage({
      title: evaluation.name,
      lead: `Measured on ${evaluation.config.split} videos. ${rows.length} outputs are shown${more}.`,
      columns: evaluation.columns,
      outcomes,
      settings: settingsOf(evaluation.config),
    })
  }

  private async shown(
    row: Outcome,
    { names, pictured, signal }: { names: Names; pictured: boolean; signal?: AbortSignal },
  ): Promise<ReportOutcome> {
    const { video, tube, attribute, iou, covers, mark } = row
    const sampled = tube.map(({ frame }) => frame)
    const wanted = pictured && sampled.length > 0
    const shown = { video, tube, sampled, truth: wanted ? this.films.truth(video, attribute) : [] }
    const frames = stripFrames(sampled, picturesEach)
    return {
      title: titleOf(row, names),
      attribute: names.attribute(attribute),
      color: this.films.color(attribute),
      facts: [
        row.hasBoxes ? `IoU ${iou.toFixed(2)}` : "no people's boxes",
        ...(covers && covers !== attribute ? [`covers ${names.attribute(covers)}`] : []),
        ...(mark ? [`cause: ${mark.cause}${mark.note && `, ${mark.note}`}`] : []),
      ],
      pictures: wanted ? await this.films.pictures.read(shown, { frames, longest: pictureSide, signal }) : [],
    }
  }

  private async zip(format: FilmFormat, rows: readonly Outcome[], signal?: AbortSignal): Promise<Uint8Array> {
    const placed = rows.filter(({ tube }) => tube.length > 0)
    if (placed.length === 0 || placed.length > mostPictured)
      throw new Failure('BAD_SETTING', {
        setting: 'outcomes',
        reason: `A zip holds 1 to ${mostPictured} outputs that have a place; these are ${placed.length}. Choose others on the wall.`,
      })
    const names = this.names()
    const zip = new ZipFile()
    for (const [i, row] of placed.entries()) {
      const { video, tube, attribute } = row
      const words = [titleOf(row, names), names.attribute(attribute)]
      const bytes = await this.films.bytes(format, { video, tube, attribute, sampled: [], words }, signal)
      const name = `${String(i + 1).padStart(3, '0')} ${words.join(' ')}`.replaceAll(/[^\p{L}\p{N}._ -]+/gu, '_')
      // Pictures and films are pressed already.
      zip.addBuffer(Buffer.from(bytes), `${name}${filmEndings[format]}`, { compress: false })
    }
    zip.end()
    return buffer(zip.outputStream)
  }
}

function titleOf({ videoName, pos, neg }: Outcome, names: Names): string {
  return `${videoName}: why ${names.class(pos)}, not ${names.class(neg)}`
}

function made(type: string, content: string | Uint8Array): MadeFile {
  return { type, base64: Buffer.from(content).toString('base64') }
}
