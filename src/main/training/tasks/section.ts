import type { Frame } from '@shared/ids'
import sharp from 'sharp'
import { type Illustrated, type ShownFrame, explanationSection } from '../pages/explanation-section'
import type { TaskSession } from '../task-session'
import type { ExplainTask } from '../worker-tasks'
import { checkTask } from './check'
import { explained } from './explain'
import type { Asked } from './question'

/** Pictures of a strip. */
const shownFrames = 8
/** Longest side of a picture in a page, px. */
const longestSide = 320

/** The palette of attributes, by colour slot; the same in both colour schemes. */
const palette = ['#E69F00', '#64AFFD', '#2C9C71', '#C770A9', '#F2F57C', '#D55E00', '#DDF3EC', '#8C52DF']

/** The answer with its pictures, as a part of a page. */
export async function sectionTask(session: TaskSession, task: ExplainTask): Promise<{ html: string }> {
  const { asked, answer } = await explained(session, task)
  const [first] = answer.cards
  const { project, video, run } = task
  const check = first
    ? await checkTask(session, { project, video, run, tubes: [first.tube], fill: 'mean', seed: 0 })
    : null
  const slots = await session.reading(
    project,
    ({ attributes }) => new Map(attributes.rows().map((a) => [String(a.id), a.slot])),
  )
  const name = (id: string | null) => asked.vocabulary.classes.find((entry) => entry.id === id)?.name ?? null
  const { source } = asked.row.video
  const shown: Illustrated = {
    ...{ answer, source, check, videoName: asked.row.name },
    names: { pos: name(answer.pos) ?? '', neg: name(answer.neg) ?? '', label: name(answer.prediction.label) },
    frames: await pictures(session, asked),
    colour: (attribute) => palette[(slots.get(attribute) ?? 0) % palette.length] ?? '#E69F00',
  }
  return { html: explanationSection(shown) }
}

/** Upright pictures of the sampled frames, evenly chosen, from the proxy. */
async function pictures(session: TaskSession, { row, place }: Asked): Promise<ShownFrame[]> {
  const distinct = [...new Set(place.frames)].sort((a, b) => a - b)
  const frames = evenly(distinct, shownFrames)
  const { width, height } = row.video.source
  const scale = Math.min(1, longestSide / Math.max(width, height))
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
  const { pixels } = await session.loader().read([{ video: row.video, frames, ...size, fit: 'squash' }])
  const bytes = size.width * size.height * 3
  return Promise.all(
    frames.map(async (frame, i) => {
      const raw = pixels.subarray(i * bytes, (i + 1) * bytes)
      const jpeg = await sharp(raw, { raw: { ...size, channels: 3 } })
        .jpeg({ quality: 88 })
        .toBuffer()
      return { frame, address: `data:image/jpeg;base64,${jpeg.toString('base64')}` }
    }),
  )
}

function evenly(frames: readonly Frame[], most: number): Frame[] {
  if (frames.length <= most) return [...frames]
  return Array.from({ length: most }, (_, i) => frames[Math.round((i * (frames.length - 1)) / (most - 1))] ?? 0)
}
