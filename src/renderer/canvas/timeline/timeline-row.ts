import type { Keyframe } from '@shared/geometry/track'

/** A track as the timeline shows it. */
export interface TimelineRow {
  id: string
  name: string
  slot: number | null
  keyframes: readonly Keyframe[]
  hidden: boolean
  /** Of somebody who acts, and of no attribute. */
  isActor?: boolean
  /** Somebody else whose track it is: it is looked at, and neither chosen nor moved. */
  by?: string | null
}
