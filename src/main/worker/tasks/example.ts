import { answerWords, fewWords, secondWords, sourceWords, unseenWords, whyUnsupported } from '@shared/answer-words'
import type { Card, Explanation, SecondAnswer } from '@shared/contract/explanation'
import type { Box } from '@shared/geometry/box'
import { stripFrames } from '@shared/geometry/tube-at'
import type { z } from 'zod'
import sharp from 'sharp'
import { dataUrl } from '@main/files/data-url'
import { colorOf } from '@main/report/attribute-color'
import type { ReportCard, ReportExample, ReportPicture, ReportSecond } from '@main/report/report-example'
import { middleWindow } from '@main/worker/session/computed-features'
import type { TaskSession } from '@main/worker/session/task-session'
import type { WorkerTasks } from '@main/runs/worker-tasks'
import { checkTask } from './check'
import { explained } from './explain'
import { type Asked, attributeNumber } from './question'
import { secondTask } from './second'

/** Pictures of a strip. */
const shownFrames = 8
/** Longest side of a picture on a page, px. */
const longestSide = 320

/** The answer to one question with its pictures and mask check, for a page. */
export async function exampleTask(
  session: TaskSession,
  { slots, ...task }: WorkerTasks['example']['in'],
  signal: AbortSignal,
): Promise<ReportExample> {
  const { asked, answer } = await explained(session, task, signal)
  const { bundle } = task
  const [first] = answer.cards
  const tubes = first ? [first.tube] : []
  const checked = first ? await checkTask(session, { bundle, tubes, fill: 'mean', seed: 0 }, signal) : null
  const name = (id: string | null) => asked.vocabulary.classes.find((entry) => entry.id === id)?.name ?? null
  const pictures = await picturesOf(session, asked, signal)
  const probabilities = ({ pos, neg }: Pair, list: readonly { class: string; probability: number }[]) => {
    const of = (id: string) => list.find((entry) => entry.class === id)?.probability ?? 0
    return { pos: of(pos), neg: of(neg) }
  }
  return {
    video: asked.row.name,
    pos: name(answer.pos) ?? '',
    neg: name(answer.neg) ?? '',
    label: name(answer.prediction.label),
    probabilities: answer.prediction.classes.map(({ name, probability }) => ({ name, probability })),
    answer: sentenceOf(answer),
    cautions: answer.cautions.map(({ title, text }) => `${title}: ${text}`),
    cards: answer.cards.map((card) =>
      cardOf(asked, card, { sameSet: answer.sameSet, pictures, slot: slots.get(card.attribute) ?? 0 }),
    ),
    second: secondOf(answer, await secondTask(session, task, signal), { asked, pictures, slots }),
    checks: checked
      ? [
          { name: 'as it is', ...probabilities(answer, checked.before) },
          { name: 'first tube masked', ...probabilities(answer, checked.after) },
          { name: 'random tube masked', ...probabilities(answer, checked.random) },
        ]
      : [],
  }
}

function sentenceOf(answer: z.infer<typeof Explanation>): string {
  const { headline, detail } = answerWords(answer.cards, answer)
  return `${headline}. ${detail}`.trim()
}

interface Pair {
  pos: string
  neg: string
}

type Picture = Pick<ReportPicture, 'src' | 'width' | 'height' | 'frame'>

function cardOf(
  asked: Asked,
  card: z.infer<typeof Card>,
  { pictures, slot, sameSet }: { pictures: readonly Picture[]; slot: number; sameSet: boolean },
): ReportCard {
  const boxes = new Map(card.tube.map(({ frame, box }) => [frame, box]))
  const { source } = asked.row.video
  const truth = asked.clips.sourceTruth(0, middleWindow).get(attributeNumber(asked, card.attribute))
  const { score, minScore, presence, iou, perFrame } = card
  const few = fewWords(card)
  return {
    ...{ score, minScore, presence, iou, perFrame, unsupported: whyUnsupported(card, { sameSet }) },
    notes: [sourceWords(card), ...[few, unseenWords(card)].flatMap((words) => words ?? [])],
    attribute: card.name,
    color: colorOf(slot),
    pictures: pictures.map((picture) => {
      const shown = (box: Box) => scaled(box, picture.width / source.width, picture.height / source.height)
      const tube = boxes.get(picture.frame)
      return { ...picture, tube: tube ? shown(tube) : null, truth: (truth?.get(picture.frame) ?? []).map(shown) }
    }),
  }
}

/** What another way to ask says, with its tube over the same pictures. */
function secondOf(
  { cards }: z.infer<typeof Explanation>,
  answer: SecondAnswer,
  { asked, pictures, slots }: { asked: Asked; pictures: readonly Picture[]; slots: ReadonlyMap<string, number> },
): ReportSecond {
  const { opinion } = answer
  const sentence = secondWords(answer, cards[0])
  if (!opinion) return { sentence, agreement: null, color: '', pictures: [] }
  const boxes = new Map(opinion.tube.map(({ frame, box }) => [frame, box]))
  const { source } = asked.row.video
  return {
    ...{ sentence, agreement: opinion.agreement, color: colorOf(slots.get(opinion.attribute ?? '') ?? 0) },
    pictures: pictures.map((picture) => {
      const tube = boxes.get(picture.frame)
      const shown = tube ? scaled(tube, picture.width / source.width, picture.height / source.height) : null
      return { ...picture, tube: shown, truth: [] }
    }),
  }
}

function scaled({ x1, y1, x2, y2 }: Box, x: number, y: number): Box {
  return { x1: x1 * x, y1: y1 * y, x2: x2 * x, y2: y2 * y }
}

/** Upright pictures of some of the sampled frames, from the proxy. */
async function picturesOf(session: TaskSession, { row, place }: Asked, signal: AbortSignal): Promise<Picture[]> {
  const frames = stripFrames(place.frames, shownFrames)
  const { width, height } = row.video.source
  const scale = Math.min(1, longestSide / Math.max(width, height))
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
  const { pixels } = await session.loader().read([{ video: row.video, frames, ...size, fit: 'squash' }], signal)
  const bytes = size.width * size.height * 3
  return Promise.all(
    frames.map(async (frame, i) => {
      const raw = pixels.subarray(i * bytes, (i + 1) * bytes)
      const jpeg = await sharp(raw, { raw: { ...size, channels: 3 } })
        .jpeg({ quality: 88 })
        .toBuffer()
      return { frame, ...size, src: dataUrl(jpeg, 'image/jpeg') }
    }),
  )
}
