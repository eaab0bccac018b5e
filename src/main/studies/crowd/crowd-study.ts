import { ConsensusRule } from '@shared/config/campaign'
import { labelConsensus } from '@main/campaigns/consensus/label-consensus'
import { flagsOf } from '@main/campaigns/quality/flags'
import type { Numbers } from '@main/studies/numbers'
import { simulatedBoxes } from './simulated-boxes'
import { bestPossible, rightShare, simulatedCrowd } from './simulated-crowd'

/** 200 videos with 20 words each, five answers of ten people to every one. */
const size = { items: 200, words: 20, perItem: 5 }
const boxes = { videos: 100, jitter: 4, missed: 0.1 }

/** What a campaign makes of people whose ways are known: a row for the answers, one for the boxes, one for each person. */
export async function runCrowd(seed: number): Promise<Record<string, Numbers>> {
  const crowd = simulatedCrowd({ ...size, seed })
  const [weighed, counted] = (['dawidSkene', 'majority'] as const).map((method) =>
    labelConsensus(crowd.said, ConsensusRule.parse({ method })),
  )
  if (!weighed || !counted) throw new Error('nothing was made one')
  const [best, plain] = [bestPossible(crowd), rightShare(counted.labels, crowd.truth)]
  const right = rightShare(weighed.labels, crowd.truth)
  const people = crowd.people.map(({ id, accuracy, kind }) => {
    const skill = weighed.skills.get(id) ?? null
    const kinds = flagsOf({ times: [], patterns: [], skill, gold: null }).map((flag) => flag.kind)
    return { id, accuracy, kind, found: skill?.right ?? NaN, kinds }
  })
  const honest = people.filter(({ kind }) => kind === 'honest')
  const drawn = simulatedBoxes({ ...boxes, seed })
  const named = (kind: string, flag: string) => Number(people.find((one) => one.kind === kind)?.kinds.join() === flag)
  return {
    answers: {
      ...{ majority: plain, dawidSkene: right, bestPossible: best, predicted: best - plain, won: right - plain },
      rankedRight: Number(honest.every(({ found }, i) => found > (honest[i - 1]?.found ?? 0))),
      ...{ spammerNamed: named('spammer', 'guesses'), swapperNamed: named('swapper', 'swapped') },
      othersNamed: honest.filter(({ kinds }) => kinds.length > 0).length,
    },
    boxes: {
      ...{ consensus: drawn.consensus.iou, bestPerson: drawn.people[0]?.iou ?? NaN },
      consensusOfDrawn: drawn.consensus.iouOfDrawn,
      bestPersonOfDrawn: Math.max(...drawn.people.map(({ iouOfDrawn }) => iouOfDrawn)),
      ...{ missing: drawn.missing, toReview: drawn.toReview },
    },
    ...Object.fromEntries(people.map(({ id, accuracy, found }) => [`person: ${id}`, { accuracy, found }])),
  }
}

/** The answers and the boxes, means over the seeds. */
export function crowdHeadline(means: Readonly<Record<string, Numbers>>): Record<string, unknown> {
  return { answers: means.answers, boxes: means.boxes }
}
