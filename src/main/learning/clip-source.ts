/** Clips as training sees them: plain pixels and numbers, whatever they were read from. */
export interface ClipBatch {
  /** [B, T, H, W, 3] RGB, frames in order. */
  pixels: Uint8Array
  count: number
}

/** A boxed attribute in one clip, in clip pixels: per sampled frame the box, or null where it is not visible. */
export interface ClipTube {
  attribute: number
  boxes: readonly ({ x1: number; y1: number; x2: number; y2: number } | null)[]
}

/** A data set for learning. Implementations decode, cache and prefetch as they like. */
export interface ClipSource {
  /** Videos; one clip is drawn from each per epoch. */
  readonly count: number
  readonly classes: number
  readonly attributes: number
  /** Class of video i, from 0. */
  label(i: number): number
  /** S(x): attributes assigned to video i, from 0; may be empty. */
  assigned(i: number): readonly number[]
  /** Boxed attributes of a drawn clip, for tube erasing; empty where there are none. */
  tubes?(i: number, draw: ClipDraw): readonly ClipTube[]
  /** Pixels of the clips of videos `indices`, one window each. */
  read(indices: readonly number[], draw: ClipDraw, signal?: AbortSignal): Promise<ClipBatch>
  /** Share of the time since the last call that training waited for clips, 0 to 1. */
  waitShare?(): number
}

/** Which window of each video: one seeded random window per epoch, or the i-th of n evenly spaced ones. */
export type ClipDraw = { kind: 'random'; seed: number; epoch: number } | { kind: 'window'; index: number; of: number }
