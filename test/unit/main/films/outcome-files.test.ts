import { writeFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { EvaluationConfig } from '@shared/config/evaluation'
import { EvaluationId, RunId, type VideoId } from '@shared/ids'
import { OutcomeFiles } from '@main/films/outcome-files'
import { TubeFilms } from '@main/films/tube-films'
import type { MediaService } from '@main/media/media-service'
import { ProjectMedia } from '@main/media/project-media'
import { anOutcome } from '../../../support/fake-measures'
import { aKeyframe, aProject } from '../../../support/project'
import { aRun } from '../../../support/runs'

let made: Awaited<ReturnType<typeof here>>
beforeEach(async () => void (made = await here()))
afterEach(() => made.remove())

/** A project with one video, and the process that reads pictures stood in for by plain ones. */
async function here() {
  const { project, build, remove } = aProject()
  const [pole, ball] = [build.class('pole'), build.class('ball')]
  const attribute = build.attribute('striped, "pole"')
  const video = build.video({ name: 'clip 1', class: pole, record: { width: 32, height: 24 } })
  build.track(video, attribute, [aKeyframe(0)])
  const picture = (shade: number) =>
    sharp({ create: { width: 32, height: 24, channels: 3, background: { r: shade % 256, g: 120, b: 120 } } })
      .jpeg()
      .toBuffer()
  const asked: number[][] = []
  const media = {
    pictures: (_: string, frames: readonly number[]) => {
      asked.push([...frames])
      const size = { width: 32, height: 24 }
      return Promise.all(frames.map(async (ordinal) => ({ ordinal, ...size, bytes: await picture(30 * ordinal) })))
    },
    encodeClips: ([clip]: readonly { file: string; pixels: Uint8Array; width: number; height: number }[]) => {
      writeFileSync(clip!.file, `${clip!.pixels.length / (3 * clip!.width * clip!.height)} pictures`)
      return Promise.resolve(1)
    },
  } as unknown as MediaService
  const { repositories } = project
  const films = new TubeFilms({ repositories, media, files: new ProjectMedia(project, media) })
  const evaluation = EvaluationId.parse('e1')
  const run = RunId.parse('r1')
  repositories.runs.create(aRun({ id: run }))
  repositories.evaluations.create({
    ...{ id: evaluation, name: 'Measured', run, state: 'done', job: null, columns: [] },
    ...{ config: EvaluationConfig.parse({}), failure: null, campaign: null, createdAt: 1, seconds: 2 },
  })
  const add = (count: number, of: Partial<Parameters<typeof anOutcome>[1]> = {}) =>
    repositories.evaluations.addOutcomes(
      evaluation,
      Array.from({ length: count }, (_, i) => ({
        ...anOutcome(i, { video, pos: pole, neg: ball, attribute, label: pole, covers: null, ...of }),
      })),
    )
  return {
    files: new OutcomeFiles(repositories, films),
    films,
    evaluation,
    add,
    asked,
    outcomes: () => repositories.evaluations.outcomes(evaluation),
    video,
    attribute,
    remove,
  }
}

const bytesOf = ({ base64 }: { base64: string }) => Buffer.from(base64, 'base64')
const tubeOf = (...frames: number[]) => frames.map((frame) => ({ frame, box: { x1: 10, y1: 10, x2: 90, y2: 60 } }))

describe('a tube over its video', () => {
  const film = (video: VideoId) => ({
    video,
    attribute: made.attribute,
    words: [],
    sampled: [4, 8, 12],
    tube: tubeOf(8),
  })

  test('is a strip of the sampled pictures, or a film of every picture between them', async () => {
    const strip = await made.films.make({ ...film(made.video), format: 'strip' })
    expect([strip.type, made.asked.at(-1)]).toEqual(['image/png', [4, 8, 12]])
    const webp = await made.films.make({ ...film(made.video), format: 'webp' })
    expect((await sharp(bytesOf(webp), { animated: true }).metadata()).pages).toBe(9)
    const mp4 = await made.films.make({ ...film(made.video), format: 'mp4' })
    expect([mp4.type, bytesOf(mp4).toString()]).toEqual(['video/mp4', '9 pictures'])
  })

  test('of a long clip shows every second picture, and keeps its pace', async () => {
    const webp = await made.films.make({ ...film(made.video), sampled: [0, 89, 400], format: 'webp' })
    const { pages, delay } = await sharp(bytesOf(webp), { animated: true }).metadata()
    expect([pages, delay?.[0]]).toEqual([201, 67])
  })
})

describe('outputs of an evaluation', () => {
  test('are a page with the pictures and the words, everything escaped', async () => {
    made.add(2, { tube: tubeOf(3, 6) })
    const page = bytesOf(await made.files.make({ evaluation: made.evaluation, format: 'html' })).toString()
    expect(page).toContain('2 outputs are shown.')
    expect(page.match(/<figure>/g)).toHaveLength(4)
    expect(page).toContain('striped, &#34;pole&#34;')
    expect(page).not.toContain('striped, "pole"')
  })

  test('are a table of those that were chosen, in their order', async () => {
    made.add(3)
    const [first, , third] = made.outcomes()
    const wanted = [third!.id, first!.id]
    const file = await made.files.make({ evaluation: made.evaluation, outcomes: wanted, format: 'json' })
    const rows = JSON.parse(bytesOf(file).toString()) as { iou: number }[]
    expect(rows.map(({ iou }) => iou)).toEqual([third!.iou, first!.iou])
  })

  test('are a zip with a picture of each that has a place', async () => {
    made.add(3, { tube: tubeOf(3, 6) })
    const zip = bytesOf(await made.files.make({ evaluation: made.evaluation, format: 'strip' }))
    expect(zip.subarray(0, 2).toString()).toBe('PK')
    expect(zip.toString('latin1').match(/003 test_2_ why pole_ not ball/g)?.length).toBeGreaterThan(0)
  })

  test('without a place make no zip: it is said what to do', async () => {
    made.add(2, { tube: [] })
    await expect(made.files.make({ evaluation: made.evaluation, format: 'webp' })).rejects.toMatchObject({
      code: 'BAD_SETTING',
    })
  })
})
