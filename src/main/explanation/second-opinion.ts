import type { BaselineQuestion } from './baselines/baseline'
import { gradCamHeat } from './baselines/grad-cam'
import { heatCells } from './baselines/heat-tube'
import { logitDifference } from './baselines/model-target'
import { type Region, regionOf } from './region'
import { wordAt } from './word-at'

/** What another method says to "why pos, not neg". */
export interface OtherAnswer {
  /** What lies where it points; null without a presence head, which tells places only. */
  attribute: number | null
  /** Log odds that the clip shows it, read on that tube. */
  presence: number | null
  region: Region
}

/**
 * Grad-CAM of A's logit minus B's as a tube of the length and shape of the method's own, and named by presence: the word whose g_s
 * is largest on it, without the class prior, which knows nothing of places.
 * @returns null where the layers behind the feature map are not known
 */
export async function secondOpinion(
  question: Pick<
    BaselineQuestion,
    'target' | 'model' | 'input' | 'prepared' | 'pos' | 'neg' | 'evidence' | 'search' | 'size' | 'words'
  >,
): Promise<OtherAnswer | null> {
  const { model, pos, size } = question
  const heat = await gradCamHeat(question, logitDifference(question))
  const cells = heat && heatCells(heat, question)
  if (!cells) return null
  const region = regionOf(model, cells, size)
  const named = wordAt(model, { ...question, cells })
  if (!named || !model.presence) return { attribute: null, presence: null, region }
  const prior = model.presence.prior[pos * model.attributes + named.attribute] ?? 0
  return { attribute: named.attribute, presence: prior + named.odds, region }
}
