import type { Keyframe } from '@shared/geometry/track'
import type { SampleClip } from './shape-acts'

/** What was drawn into one file. */
export interface SampleEntry extends Omit<SampleClip, 'scene' | 'tracks' | 'attributes'> {
  /** Relative to the folder of the manifest. */
  file: string
  attributes: readonly string[]
  tracks: readonly { attribute: string; keyframes: readonly Keyframe[] }[]
}

/** Pictures per second of a drawn clip. */
export const sampleRate = 8
