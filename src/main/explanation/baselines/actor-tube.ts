import type { Baseline } from './baseline'

/** The paper's baseline for UCF101-24: the actor's box track; random attribute. None where no actor was boxed. */
export const actorTube: Baseline = ({ actor, guess }) =>
  actor?.some((box) => box !== null) ? { attribute: guess(), region: actor } : null
