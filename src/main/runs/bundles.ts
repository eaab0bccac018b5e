import { setImmediate as turn } from 'node:timers/promises'
import type { Split } from '@shared/contract/library'
import { Failure } from '@shared/failures'
import type { AttributeId, CampaignId, RunId, VideoId } from '@shared/ids'
import { z } from 'zod'
import type { Repositories } from '@main/store/repositories'
import type { QuestionBundle, RunBundle, Vocabulary } from './bundle'
import { type ClipRow, type ModelOrder, type RowsAsked, clipRow, readableVideos, rowsOf } from './clip-rows'

/** Videos read in one turn, so that a large library does not hold the host. */
const atOnce = 500

/** Campaigns whose answers were made one. */
export interface Layers {
  /** Whether there is one of this name. */
  has(name: string): boolean
  /** The one of this name, worked out to the last answer. Throws Failure UNKNOWN_NAME or CAMPAIGN_STATE. */
  named(name: string): CampaignId
  /** The same in a sentence: what it holds, and what that was made of. */
  said(name: string): string
}

function unknownLayer(name: string): never {
  throw new Failure('UNKNOWN_NAME', { kind: 'campaign', name, known: [] })
}
const noLayers: Layers = { has: () => false, named: unknownLayer, said: unknownLayer }

/** What settings of a run or a measurement say of labels; those of classifiers say nothing. */
const LayerAsked = z
  .object({ layer: z.string().catch(''), leastSure: z.number().catch(0) })
  .catch({ layer: '', leastSure: 0 })
type LayerAsked = z.input<typeof LayerAsked>

/** Reads what a worker is sent: rows of the database, and names of files. */
export class Bundles {
  constructor(
    private readonly repositories: Repositories,
    private readonly folder: string,
    private readonly layers: Layers = noLayers,
  ) {}

  /**
   * @param asked of what is measured; of the run itself when left out
   * Throws Failure NOT_FOUND, UNKNOWN_NAME.
   */
  async ofRun(id: RunId, signal?: AbortSignal, asked?: LayerAsked): Promise<RunBundle> {
    const { runs } = this.repositories
    const vocabulary = runs.vocabulary(id)
    const how = this.how(vocabulary, asked ?? runs.get(id).config)
    const known = (split: Split) => this.labelled(split, how, signal)
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
    const { config } = this.repositories.runs.get(run)
    // A model outlives the layer it learnt from: what people say today is shown then.
    const isThere = this.layers.has(LayerAsked.parse(config).layer)
    const how = isThere ? this.how(vocabulary, config) : { order: orderOf(vocabulary) }
    const row = clipRow(this.repositories, { video, ...how })
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

  /** Which layer settings take, null for none. Throws Failure UNKNOWN_NAME or CAMPAIGN_STATE where it is not there. */
  layerOf(settings: unknown): CampaignId | null {
    const { layer } = LayerAsked.parse(settings)
    return layer ? this.layers.named(layer) : null
  }

  /** Which layer settings take, in a sentence; null for what people say today. Throws as `layerOf` does. */
  layerSaid(settings: unknown): string | null {
    const { layer } = LayerAsked.parse(settings)
    return layer ? this.layers.said(layer) : null
  }

  private how(vocabulary: Vocabulary, settings: unknown): RowsAsked {
    const { leastSure } = LayerAsked.parse(settings)
    return { order: orderOf(vocabulary), layer: this.layerOf(settings), leastSure }
  }

  private async labelled(split: Split, how: RowsAsked, signal?: AbortSignal): Promise<ClipRow[]> {
    const records = readableVideos(this.repositories, split)
    const rows: ClipRow[] = []
    for (let from = 0; from < records.length; from += atOnce) {
      signal?.throwIfAborted()
      rows.push(...rowsOf(this.repositories, { records: records.slice(from, from + atOnce), ...how }))
      if (from + atOnce < records.length) await turn()
    }
    return rows.filter(({ label }) => label !== null)
  }
}

function orderOf({ classes, attributes }: Vocabulary): ModelOrder {
  return { classes: classes.map(({ id }) => id), attributes: attributes.map(({ id }) => id) }
}
