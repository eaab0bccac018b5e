import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { owner } from '@shared/actor'
import { DecideCrowd, ImportCrowd, WriteCrowd } from '@shared/contract/crowds'
import { csvFile } from '@shared/csv'
import { type CampaignId, PersonId } from '@shared/ids'
import { type CampaignOfTest, aWorker, campaignsOfTest } from '../../../../support/campaigns'

const header = ['AssignmentId', 'HITId', 'WorkerId', 'AssignmentStatus', 'Input.video', 'WorkTimeInSeconds']

describe('a campaign that is answered elsewhere', () => {
  let own: CampaignOfTest
  let folder: string
  let id: CampaignId
  beforeEach(async () => {
    own = campaignsOfTest({ videos: 3 })
    folder = mkdtempSync(join(tmpdir(), 'whynot-crowd-'))
    id = await own.open({ settings: { goldEvery: 0, answersWanted: 2 } })
  })
  afterEach(() => {
    own.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  type Row = [assignment: string, worker: string, status: string, video: string, answers: object]
  function results(...rows: Row[]): string {
    const path = join(folder, 'results.csv')
    const lines = rows.map(([assignment, worker, status, video, answers]) => {
      return [assignment, 'H', worker, status, video, '12', JSON.stringify([answers])]
    })
    writeFileSync(path, `\ufeff${csvFile([[...header, 'Answer.taskAnswers'], ...lines])}`)
    return path
  }
  const bring = (path: string, dryRun = false) =>
    own.campaigns.crowd.import(owner, ImportCrowd.parse({ id, path, dryRun }))
  const both = (value: string) => ({ labels: { pole: value, ball: 'absent' } })

  test('is written as pages and batches that name its videos and words', () => {
    const to = join(folder, 'batch')
    const written = own.campaigns.crowd.write(
      owner,
      WriteCrowd.parse({ id, folder: to, videosAt: 'https://x.invalid/v' }),
    )
    const files = ['attributes.html', 'attributes-batch.csv']
    expect(written).toEqual({ folder: to, files, videos: 3, tooLarge: [] })
    expect(readdirSync(to).sort()).toEqual(['attributes-batch.csv', 'attributes.html'])
    expect(readFileSync(join(to, 'attributes-batch.csv'), 'utf8')).toMatch(
      /^video_url,video,fps,attributes\r\nhttps:\/\/x\.invalid\/v\/[^,]+,clip 0,\d+,pole\|ball\r\n/,
    )
    expect(readFileSync(join(to, 'attributes.html'), 'utf8')).toContain('"name":"pole"')
  })

  test('its pages show pictures and guidelines, say when that is too much for Mechanical Turk, and can leave pictures out', () => {
    const { pictures, project, attributes } = own.project.repositories
    const [pole, seen] = [pictures.keep(Buffer.alloc(30_000, 1)), pictures.keep(Buffer.alloc(30_000, 2))]
    attributes.put({ ...attributes.find(own.words[0]!)!, picture: pole })
    project.setGuidelines(`Look twice. ![](picture:${seen})`)
    const page = (more: object) => {
      const written = own.campaigns.crowd.write(owner, WriteCrowd.parse({ id, folder, ...more }))
      const text = readFileSync(join(folder, 'attributes.html'), 'utf8')
      expect(text).toContain('Look twice.')
      const bytes = Buffer.byteLength(text)
      return { tooLarge: written.tooLarge, bytes, pictures: text.match(/data:image\/webp;base64/g)?.length ?? 0 }
    }
    const whole = page({})
    expect(whole).toEqual({
      pictures: 2,
      bytes: whole.bytes,
      tooLarge: [{ name: 'attributes.html', bytes: whole.bytes }],
    })
    expect(page({ pictures: false })).toMatchObject({ pictures: 0, tooLarge: [] })
  })

  test('takes answers under the names of the workers, counts them, and says what it could not take', async () => {
    const path = results(
      ['A1', 'ann', 'Submitted', 'clip 0', both('present')],
      ['A2', 'ben', 'Rejected', 'clip 0', both('absent')],
      ['A3', 'cid', 'Submitted', 'clip 1', { labels: {}, skipped: 'too dark' }],
      ['A4', 'ann', 'Approved', 'clip 9', both('present')],
      ['A5', 'dan', 'Approved', 'clip 1', { labels: { pole: 'unsure', horse: 'present' } }],
    )
    const dry = await bring(path, true)
    expect(dry).toMatchObject({ dryRun: true, rows: 5, workers: 4, taken: 2, rejected: 1, skipped: 1, labels: 3 })
    expect(dry).toMatchObject({ otherVideos: ['clip 9'], otherWords: ['horse'] })
    expect((await own.campaigns.service.get(owner, id)).progress.answers).toBe(0)
    expect(await bring(path)).toEqual({ ...dry, dryRun: false })
    expect((await own.campaigns.service.get(owner, id)).progress.answers).toBe(2)
    const said = own.project.repositories.answers.ofVideo(own.videos[0]!)
    expect(said.map(({ person, value }) => [person, value])).toEqual([
      ['ann', 'present'],
      ['ann', 'absent'],
    ])
    const [item] = own.project.repositories.campaigns.items(id)
    const parts = own.project.repositories.campaignWork
      .ofItem(item!.id)
      .map(({ person, leftOut, seconds }) => [person, leftOut, seconds])
    expect(parts).toEqual([
      ['ann', false, 12],
      ['ben', true, 12],
    ])
  })

  test('the same file again changes nothing twice, and who answered elsewhere is not asked the same here', async () => {
    const path = results(['A1', 'ann', 'Submitted', 'clip 0', both('present')])
    await bring(path)
    expect(await bring(path)).toMatchObject({ taken: 1, replaced: 1 })
    expect((await own.campaigns.service.get(owner, id)).progress.answers).toBe(1)
    const asked: string[] = []
    for (let i = 0; i < 2; i++) {
      const task = await own.next(aWorker('ann'), id)
      asked.push(task.video.name)
      await own.campaigns.queue.skip(aWorker('ann'), task.item, { reason: 'tooDark', note: '' })
    }
    expect(asked.sort()).toEqual(['clip 1', 'clip 2'])
  })

  test('is one step that can be undone', async () => {
    await bring(results(['A1', 'ann', 'Submitted', 'clip 0', both('present')]))
    own.project.history.undo({ scope: 'library', person: owner.id })
    expect(own.project.repositories.answers.ofVideo(own.videos[0]!)).toEqual([])
  })

  test('approves what came in, and rejects whom it left out with a reason, where one is given', async () => {
    const path = results(
      ['A1', 'ann', 'Submitted', 'clip 0', both('present')],
      ['A2', 'ben', 'Submitted', 'clip 0', both('absent')],
      ['A3', 'cid', 'Submitted', 'clip 9', both('absent')],
    )
    await bring(path)
    await own.campaigns.review.leaveOut(owner, id, { person: PersonId.parse('ben'), leftOut: true })
    const decide = (reject: string) =>
      own.campaigns.crowd.decide(
        owner,
        DecideCrowd.parse({ id, path, folder: join(folder, 'out'), reject, bonus: { amount: 1 } }),
      )
    expect(await decide('')).toMatchObject({ approved: 1, rejected: 0 })
    expect(await decide('You did not look')).toMatchObject({ approved: 1, rejected: 1, bonuses: 0, workers: 3 })
    const text = readFileSync(join(folder, 'out', 'decisions.csv'), 'utf8')
    const ends = text
      .trim()
      .split('\r\n')
      .map((line) => line.slice(line.lastIndexOf(']') + 1))
    expect(ends.slice(1)).toEqual(['",x,', '",,You did not look', '",,'])
    expect(readFileSync(join(folder, 'out', 'workers.csv'), 'utf8')).toContain('ann,1,1,0,0,12.000,')
  })

  test('a file that is neither results nor answers changes nothing, and only owners may bring anything in', async () => {
    const path = join(folder, 'x.csv')
    writeFileSync(path, 'a,b\n1,2\n')
    await expect(bring(path)).rejects.toMatchObject({ code: 'BAD_SETTING' })
    const asked = ImportCrowd.parse({ id, path })
    await expect(own.campaigns.crowd.import(aWorker('ann', 'reviewer'), asked)).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    })
  })
})
