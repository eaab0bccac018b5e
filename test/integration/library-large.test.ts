import { afterAll, beforeAll, expect, test } from 'vitest'
import { cpuMs } from '../support/cpu-time'
import { aLibrary } from '../support/library'
import { VideoFilter, VideoWindow } from '@shared/contract/library'
import type { AttributeId, ClassId, VideoId } from '@shared/ids'
import { aKeyframe, aProject } from '../support/project'
import { owner } from '@shared/actor'

const count = 20_000

let made: ReturnType<typeof aProject>
let library: ReturnType<typeof aLibrary>
let classes: ClassId[]
let attributes: AttributeId[]

beforeAll(() => {
  made = aProject()
  const { build, project } = made
  library = aLibrary(project)
  classes = Array.from({ length: 24 }, (_, i) => build.class(`class ${i}`))
  attributes = Array.from({ length: 12 }, (_, i) => build.attribute(`attribute ${i}`))
  project.transaction(() => {
    for (let i = 0; i < count; i++) {
      const video = build.video({
        name: `v_${i % 24}_${i}`,
        class: classes[i % 24]!,
        split: i % 5 === 0 ? 'test' : 'train',
        record: { frames: 8 },
      })
      for (let k = 0; k < 4; k++) build.label(video, attributes[(i + k * 5) % 12]!)
      if (i % 5 === 0) build.track(video, attributes[i % 12]!, [aKeyframe(0), aKeyframe(7, 3)])
    }
  })
}, 120_000)
afterAll(() => made.remove())

async function timed<T>(what: string, action: () => T): Promise<{ ms: number; value: Awaited<T> }> {
  const start = cpuMs()
  const value = await action()
  const ms = Math.round(cpuMs() - start)
  console.log(`${count} videos: ${what} ${ms} ms of CPU`)
  return { ms, value }
}

const query = (values: Partial<VideoWindow> = {}) => library.videos(VideoWindow.parse(values))

test('every view of a library of 20,000 videos is less than a second of work', async () => {
  const all = await timed('first rows', () => query())
  expect(all.value).toMatchObject({ total: count })
  expect(all.value.rows).toHaveLength(200)
  const some = { classes: [classes[3]!], splits: ['train' as const], attributes: [attributes[3]!] }
  const found = await timed('class, split and attribute', () => query(some))
  const views = [
    found,
    await timed('a word', () => query({ text: '1999' })),
    await timed('problems', () => query({ problems: true })),
    await timed('sorted by class', () => query({ sort: 'class' })),
    await timed('facets', () => library.facets(VideoFilter.parse({}))),
    await timed('statistics', () => library.statistics()),
    await timed('classes', () => library.classes()),
    await timed('attributes', () => library.attributes()),
    await timed('project', () => made.project.info()),
  ]
  expect(Math.max(...views.map(({ ms }) => ms))).toBeLessThan(1000)
  expect(found.value.total).toBeGreaterThan(0)
})

test('one answer for all of 20,000 videos is one step, forth and back, and seconds of work', async () => {
  const ids: VideoId[] = made.project.repositories.videos.ids()
  const before = await library.statistics()
  const forth = await timed('answered', () =>
    library.setAttribute(owner, { videos: ids, attribute: attributes[0]!, value: 'absent' }),
  )
  const back = await timed('undone', () => library.undo(owner))
  expect(back.value.label).toBe(`Answer attributes of ${count} videos`)
  expect(await library.statistics()).toEqual(before)
  expect(forth.ms + back.ms).toBeLessThan(10_000)
})

test('all of 20,000 videos are removed and put back whole', async () => {
  const [before, numbers] = [await query(), await library.statistics()]
  const ids = made.project.repositories.videos.ids()
  await timed('removed', () => library.remove(owner, ids))
  expect(await query()).toEqual({ rows: [], total: 0 })
  await timed('put back', () => library.undo(owner))
  expect(await query()).toEqual(before)
  expect(await library.statistics()).toEqual(numbers)
})
