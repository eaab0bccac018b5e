import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AnnotationService } from '@main/annotation/annotation-service'
import { openProject } from '@main/project/project'
import { WorkService } from '@main/work/work-service'
import { type Actor, owner } from '@shared/actor'
import { VideoQuery } from '@shared/contract/library'
import { type AttributeId, PersonId, type VideoId } from '@shared/ids'
import { freshSearch } from '../../../support/library'
import { aProject } from '../../../support/project'

const person = (name: string, role: Actor['role'] = 'annotator'): Actor => ({ id: PersonId.parse(name), name, role })
const [ann, ben, rae] = [person('ann'), person('ben'), person('rae', 'reviewer')]

let made: ReturnType<typeof aProject>
let pole: AttributeId
let videos: VideoId[]
beforeEach(() => {
  made = aProject()
  pole = made.build.attribute('pole')
  const of = made.build.class('Ollie')
  videos = [1, 2, 3].map((n) => made.build.video({ name: `test ${n}`, class: of, split: 'test' }))
  made.build.video({ name: 'train 1', class: of, split: 'train' })
})
afterEach(() => made.remove())

const onProject = (project = made.project) => {
  const nameOf = (id: PersonId) => id
  return {
    work: new WorkService({ project, search: freshSearch(project), onChange: () => {}, nameOf }),
    annotation: new AnnotationService(project, () => {}),
  }
}
const value = { box: { x1: 0, y1: 0, x2: 9, y2: 9 }, outside: false, occluded: false }
const boxless = {
  what: 'videos' as const,
  query: VideoQuery.parse({ splits: ['test'], withoutBoxes: true }),
  except: [],
}

describe('a queue', () => {
  test('holds the videos that matched when it was entered, whatever is said of them then', async () => {
    const { work, annotation } = onProject()
    const entered = await work.enterQueue(ann, { name: 'Test without boxes', of: boxless })
    expect(entered).toMatchObject({ total: 3, done: 0, index: 0, at: videos[0], next: videos[1] })
    annotation.createTrack(ann, { video: videos[0]!, attribute: pole, frame: 0, value })
    expect(work.queue(ann)).toMatchObject({ total: 3, done: 0, index: 0, next: videos[1] })
    work.submit(ann, videos[0]!)
    expect(work.queue(ann, videos[0])).toMatchObject({ total: 3, done: 1, open: videos[1] })
  })

  test('goes on where its person was after the project was closed and opened again', async () => {
    const { work } = onProject()
    await work.enterQueue(ann, { name: 'Test', of: boxless })
    work.stand(ann, videos[1]!)
    const { folder } = made
    made.project.close()
    const project = openProject(folder)
    try {
      expect(onProject(project).work.queue(ann)).toMatchObject({ name: 'Test', at: videos[1], index: 1, total: 3 })
      expect(onProject(project).work.queue(ben)).toBeNull()
    } finally {
      project.close()
    }
  })

  test('begins at the first of some chosen videos, in the order of the library', async () => {
    const { work } = onProject()
    const query = VideoQuery.parse({ direction: 'down' })
    const of = { what: 'videos' as const, query, only: [videos[0]!, videos[2]!], except: [] }
    expect(await work.enterQueue(ann, { name: '2 videos', of })).toMatchObject({ at: videos[2], total: 2, index: 0 })
  })

  test('ends when each video is submitted or skipped; what was passed over comes round again', async () => {
    const { work } = onProject()
    await work.enterQueue(ann, { name: 'Test', of: boxless })
    work.submit(ann, videos[1]!)
    work.submit(ann, videos[2]!)
    expect(work.queue(ann, videos[2])).toMatchObject({ done: 2, open: videos[0] })
    work.skip(ann, videos[0]!, 'too dark')
    expect(work.queue(ann, videos[0])).toMatchObject({ done: 3, total: 3, open: null })
  })

  test('passes over a video that was taken out of the project, and refuses to begin with none', async () => {
    const { work } = onProject()
    await work.enterQueue(ann, { name: 'Test', of: boxless })
    made.project.repositories.videos.remove([videos[1]!])
    expect(work.queue(ann, videos[0])).toMatchObject({ total: 2, next: videos[2] })
    const none = { what: 'videos' as const, query: VideoQuery.parse({ text: 'nowhere' }), except: [] }
    await expect(work.enterQueue(ann, { name: 'None', of: none })).rejects.toMatchObject({ code: 'EMPTY_QUEUE' })
    expect(work.queue(ann)).toMatchObject({ name: 'Test' })
  })
})

describe('work on a video', () => {
  test('is new, started, submitted, returned with a note, and reviewed', () => {
    const { work, annotation } = onProject()
    const [video] = videos as [VideoId]
    const state = () => work.get(ann, video).own.state
    expect(state()).toBe('new')
    annotation.setLabel(ann, { video, attribute: pole, value: 'present' })
    expect(state()).toBe('started')
    work.submit(ann, video)
    expect(state()).toBe('submitted')
    expect(work.waiting(rae)).toEqual({ returned: 0, submitted: 1 })
    work.sendBack(rae, { video, person: ann.id, note: 'The pole is a lamp.' })
    expect(work.get(ann, video).own).toMatchObject({ state: 'returned', note: 'The pole is a lamp.' })
    expect(work.waiting(ann)).toEqual({ returned: 1, submitted: 0 })
    work.submit(ann, video)
    work.accept(rae, { video, person: ann.id })
    expect(state()).toBe('reviewed')
  })

  test('is of each person alone; a reviewer sees how far everybody is, an annotator does not', () => {
    const { work, annotation } = onProject()
    const [video] = videos as [VideoId]
    work.submit(ann, video)
    annotation.setLabel(ben, { video, attribute: pole, value: 'absent' })
    expect(work.get(ben, video)).toMatchObject({ own: { state: 'started' }, others: [] })
    const others = work.get(rae, video).others.map(({ person: id, state }) => [id, state])
    expect(others.sort()).toEqual([
      ['ann', 'submitted'],
      ['ben', 'started'],
    ])
  })

  test('that was accepted waits for a reviewer again after an edit; a skipped one is begun by it', () => {
    const { work, annotation } = onProject()
    const [one, two] = videos as [VideoId, VideoId]
    work.submit(ann, one)
    work.accept(rae, { video: one, person: ann.id })
    annotation.setLabel(ann, { video: one, attribute: pole, value: 'absent' })
    expect(work.get(ann, one).own.state).toBe('submitted')
    work.skip(ann, two, 'blurred')
    annotation.setLabel(ann, { video: two, attribute: pole, value: 'absent' })
    expect(work.get(ann, two).own.state).toBe('started')
  })

  test('is accepted and returned by reviewers only, and only where it was submitted', () => {
    const { work } = onProject()
    const [video] = videos as [VideoId]
    expect(() => work.accept(rae, { video, person: ann.id })).toThrow(expect.objectContaining({ code: 'BAD_SETTING' }))
    work.submit(ann, video)
    expect(() => work.accept(ben, { video, person: ann.id })).toThrow(expect.objectContaining({ code: 'NOT_ALLOWED' }))
    work.reopen(ann, video)
    expect(work.get(ann, video).own.state).toBe('new')
  })

  test("a reviewer's queue holds what others submitted, and is done when each was judged", async () => {
    const { work } = onProject()
    for (const video of videos.slice(0, 2)) work.submit(ann, video)
    work.submit(owner, videos[2]!)
    const queue = await work.enterQueue(owner, { name: 'To review', of: { what: 'submitted' } })
    expect(queue).toMatchObject({ kind: 'review', total: 2, done: 0 })
    work.accept(owner, { video: videos[0]!, person: ann.id })
    work.sendBack(owner, { video: videos[1]!, person: ann.id, note: 'again' })
    expect(work.queue(owner)).toMatchObject({ done: 2, open: null })
    await expect(work.enterQueue(ann, { name: 'x', of: { what: 'submitted' } })).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    })
  })
})
