import { z } from 'zod'
import { type CalibrationInput, calibrateEvidence, EvidenceLevels } from './evidence-level'
import { classAttributes } from '@shared/class-attributes'

/** What a trained explanation model can be asked, known from its training data and stored with it. */
export const TrainingFacts = z.object({
  /** [S] training clips that have each attribute. */
  wordClips: z.array(z.int()),
  /** [C] attributes that make each class: those of (nearly) all its training videos, in rising order. */
  classSets: z.array(z.array(z.int())),
  evidence: EvidenceLevels,
})
export type TrainingFacts = z.infer<typeof TrainingFacts>

interface Labelled {
  label: number
  assigned: readonly number[]
}

/**
 * @param clips those that the model was trained on
 * @param reference all training videos, which say what classes mean
 */
export async function trainingFacts(
  { model, features, search, rate, seed }: Omit<CalibrationInput, 'sets' | 'words'>,
  { clips, reference }: { clips: readonly Labelled[]; reference: readonly Labelled[] },
): Promise<TrainingFacts> {
  const wordClips = Array.from(
    { length: model.attributes },
    (_, s) => clips.filter((c) => c.assigned.includes(s)).length,
  )
  const sets = classAttributes(model.classes, reference)
  const words = trainedWords({ wordClips })
  const evidence = await calibrateEvidence({ model, features, sets, words, search, rate, seed })
  return { wordClips, classSets: sets.map((set) => [...set].sort((a, b) => a - b)), evidence }
}

/** Attributes that some training clip had: the kernels of the others are chance, and they are never ranked. All where that is not known. */
export function trainedWords(facts: Pick<TrainingFacts, 'wordClips'> | null): number[] | undefined {
  return facts?.wordClips.flatMap((clips, s) => (clips > 0 ? [s] : []))
}

/** Whether nothing in the vocabulary tells two classes apart. */
export function isSameSet(facts: Pick<TrainingFacts, 'classSets'> | null, a: number, b: number): boolean {
  const [one, other] = [facts?.classSets[a], facts?.classSets[b]]
  return one !== undefined && other !== undefined && one.join() === other.join()
}

/** A question, and by what its cards are ranked. */
export interface RankedQuestion {
  pos: number
  neg: number
  select: 'min' | 'max'
}

/** Whether a card of this score may be called evidence: above the model's level, between classes that the vocabulary tells apart. */
export function isSupported(
  facts: TrainingFacts | null,
  { score, pos, neg, select }: RankedQuestion & { score: number },
): boolean {
  return !isSameSet(facts, pos, neg) && score > Math.max(0, facts?.evidence[select].threshold ?? 0)
}
