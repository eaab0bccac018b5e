import type { Api } from '@shared/contract'
import type { Run } from '@shared/contract/learning'
import type { LabelValue, VideoRow } from '@shared/contract/library'
import type { AttributeId, ClassId, VideoId } from '@shared/ids'
import type { ClipAnswer } from './clip-answer'
import { videosOf } from './videos-of'

/** More than any vocabulary of these sets has. */
const everyCard = 50

type Answers = ReadonlyMap<AttributeId, LabelValue>

/** Asks every test clip "why the prediction, and not the runner-up?", with what people say of the clip beside every card. */
export async function clipAnswers(api: Api, { id: run }: Pick<Run, 'id'>): Promise<ClipAnswer[]> {
  const prior = priorOf(await taught(api))
  const answers: ClipAnswer[] = []
  for (const { id: video } of await videosOf(api, 'test')) {
    const { pos, cards } = await api.explanation.explain({ video, run, count: everyCard })
    const said = await answersOf(api, video)
    const [first] = cards
    if (!first) continue
    const words = cards.map(({ attribute, name, presence }) => {
      return { attribute: name, presence, shown: shownBy(said, attribute), prior: prior(pos, attribute) }
    })
    answers.push({ pos, said: first.name, supported: first.supported, words })
  }
  return answers
}

interface Taught {
  class: ClassId | null
  answers: Answers
}

async function taught(api: Api): Promise<Taught[]> {
  const list: Taught[] = []
  for (const { id, class: own } of await videosOf(api, 'train'))
    list.push({ class: own, answers: await answersOf(api, id) })
  return list
}

async function answersOf({ annotation }: Pick<Api, 'annotation'>, video: VideoId): Promise<Answers> {
  const { labels } = await annotation.get({ video, of: 'everybody' })
  return new Map(labels.map(({ attribute, value }) => [attribute, value]))
}

/** What nobody said of a clip is absent, as in training; null where people were unsure. */
function shownBy(answers: Answers, attribute: AttributeId): boolean | null {
  const value = answers.get(attribute)
  return value === 'unsure' ? null : value === 'present'
}

/** Share of the training clips of a class that show an attribute, of those whose people were sure. */
function priorOf(clips: readonly Taught[]): (pos: VideoRow['class'], attribute: AttributeId) => number {
  return (pos, attribute) => {
    const known = clips.flatMap((clip) => (clip.class === pos ? (shownBy(clip.answers, attribute) ?? []) : []))
    return known.length ? known.filter(Boolean).length / known.length : 0
  }
}
