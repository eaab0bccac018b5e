import type { Caution } from '@shared/contract/explanation'
import type { Run } from '@shared/contract/learning'
import { enough } from '@shared/enough'
import { fewestQuestions } from '@main/evaluation/evidence-level'
import type { TrainingFacts } from '@main/evaluation/training-facts'

/** Below this the scores of an explanation model do not tell questions with evidence from those without. */
const leastSeparation = 0.8

/** What must be said beside every card: how far the classifier, and the model that explains it, can be trusted. */
export function cautionsOf(classifier: Pick<Run, 'headline'>, facts: TrainingFacts | null): Caution[] {
  return [...ofClassifier(classifier), ...ofExplainer(facts)]
}

function ofClassifier({ headline }: Pick<Run, 'headline'>): Caution[] {
  const { testAccuracy: accuracy, testConfidence: confidence } = headline
  if (accuracy === undefined)
    return [
      {
        title: 'unmeasured classifier',
        text: 'There were no test videos: nobody knows how often the classifier is right.',
      },
    ]
  const right = `The classifier is right on ${percent(accuracy)} of the test videos`
  if (accuracy < enough.accuracy)
    return [
      { title: 'weak classifier', text: `${right}: reasons of a model that is often wrong are to be read with care.` },
    ]
  if (confidence !== undefined && confidence < enough.confidence)
    return [
      {
        title: 'unsure classifier',
        text: `${right}, but gives its answer ${percent(confidence)} on average: it may be trained too little for reasons.`,
      },
    ]
  return []
}

function ofExplainer(facts: TrainingFacts | null): Caution[] {
  const again = 'Train the explanation model again to know it.'
  if (!facts)
    return [
      {
        title: 'level unknown',
        text: `How large a score must be to count as evidence was not measured for this model. ${again}`,
      },
    ]
  const { threshold, separation, without } = facts.evidence.min
  if (separation !== null && separation < leastSeparation)
    return [
      {
        title: 'weak explanation model',
        text: `Its scores tell training questions with evidence from those without only ${percent(separation)} of the time (50 % is chance).`,
      },
    ]
  if (threshold === null)
    return [
      {
        title: 'level unknown',
        text: `How large a score must be to count as evidence is not known: it takes ${fewestQuestions} training questions whose B has everything that A has, and there are ${without}.`,
      },
    ]
  return []
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`
}
