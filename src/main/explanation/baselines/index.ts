import type { BaselineName } from '@shared/config/evaluation'
import { actorTube } from './actor-tube'
import type { Baseline } from './baseline'
import { centreCrop } from './centre-crop'
import { randomTube } from './random-tube'
import { trueTube } from './true-tube'

/** Every baseline by its name in an evaluation's settings. A new one is a file beside these and a line here. */
export const baselines: Record<BaselineName, Baseline> = { randomTube, trueTube, centreCrop, actorTube }
