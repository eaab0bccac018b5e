import { setImmediate as turn } from 'node:timers/promises'
import type { Split } from '@shared/contract/library'
import { Failure } from '@shared/failures'
import type { AttributeId, RunId, VideoId } from '@shared/ids'
import type { Repositories } from '@main/store/repositories'
import type { QuestionBundle, RunBundle, Vocabulary } from './bundle'
import { type ClipRow, type ModelOrder, clipRow, readableVideos, rowsOf } from './clip-rows'

/** Videos read in one turn, so that a large library does not hold the host. */
const atOnce = 500

/** Reads what a worker is sent: rows of the database, and names of files. */
export class Bundles {
  constructor(
    private readonly repositories: Repositories,
    private readonly folder: string,
  ) {}

  /** Throws Failure NOT_FOUND. */
  async ofRun(id: RunId, signal?: AbortSignal): Promise<RunBundle> {
    const { runs } = this.repositories
    const vocabulary = runs.vocabulary(id)
    const order = orderOf(vocabulary)
    const known = (split: Split) => this.labelled(split, order, signal)
    return {
      files: { kind: 'folder', path: this.folder },
      run: runs.get(id),
      vocabulary,
      rows: { train: await known('train'), test: await known('test') },
    }
  }

  /** Throws Failure NOT_FOUND, VIDEO_UNREADABLE. */
  ofQuestion(video: VideoId, run: RunId): QuestionBundle {
    const vocabulary = this.repositories.runs.vocabulary(run)
    const row = clipRow(this.repositories, { video, order: orderOf(vocabulary) })
    if (!row) throw new Failure('VIDEO_UNREADABLE', { path: video, reason: 'It has no pictures.' })
    const files = { kind: 'folder', path: this.folder } as const
    const { runs } = this.repositories
    const asked = runs.get(run)
    return { files, run: asked, classifier: asked.explains ? runs.get(asked.explains) : asked, vocabulary, row }
  }

  /** Colour slot of each attribute. */
  slots(): Map<AttributeId, number> {
    return new Map(this.repositories.attributes.rows().map(({ id, slot }) => [id, slot]))
  }

  private async labelled(split: Split, order: ModelOrder, signal?: AbortSignal): Promise<ClipRow[]> {
    const records = readableVideos(this.repositories, split)
    const rows: ClipRow[] = []
    for (let from = 0; from < records.length; from += atOnce) {
      signal?.throwIfAborted()
      rows.push(...rowsOf(this.repositories, { records: records.slice(from, from + atOnce), order }))
      if (from + atOnce < records.length) await turn()
    }
    return rows.filter(({ label }) => label !== null)
  }
}

function orderOf({ classes, attributes }: Vocabulary): ModelOrder {
  return { classes: classes.map(({ id }) => id), attributes: attributes.map(({ id }) => id) }
}
