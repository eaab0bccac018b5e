import type {
  AnswerCounts,
  Chosen,
  VideoFacets,
  VideoFilter,
  VideoPage,
  VideoPlace,
  VideoQuery,
  VideoWindow,
} from '@shared/contract/library'
import type { VideoId } from '@shared/ids'
import type { DataSetNumbers } from './data-set-numbers'

/** Finds, orders and counts the videos of a project. Every answer holds what was stored when it was asked for. */
export interface VideoSearch {
  page(window: VideoWindow): Promise<VideoPage>
  facets(filter: VideoFilter): Promise<VideoFacets>
  place(query: VideoQuery, video: VideoId): Promise<VideoPlace>
  /** Both places included. */
  ids(query: VideoQuery, from: number, to: number): Promise<VideoId[]>
  /** Those of the project, in natural order of name for a filter. */
  chosen(chosen: Chosen): Promise<VideoId[]>
  answers(chosen: Chosen): Promise<AnswerCounts>
  numbers(): Promise<DataSetNumbers>
  /** Says that something of these videos was stored; none stand for all. */
  changed(ids: readonly VideoId[]): void
  close(): Promise<void>
}
