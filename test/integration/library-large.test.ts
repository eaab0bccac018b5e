import { afterAll, beforeAll, expect, test } from 'vitest'
import { LibraryService } from '@main/library/library-service'
import { VideoQuery } from '@shared/contract/library'
import type { AttributeId, ClassId, VideoId } from '@shared/ids'
import { aKeyframe, aProject } from '../support/project'

const count = 20_000

let made: ReturnType<typeof aProject>
let library: LibraryService
let classes: ClassId[]
let attributes: AttributeId[]

beforeAll(() => {
  made = aProject()
  const { build, project } = made
  library = new LibraryService(project, () => {})
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

function timed<T>(what: string, action: () => T): { ms: number; value: T } {
  const start = performance.now()
  const value = action()
  const ms = Math.round(performance.now() - start)
  console.log(`${count} videos: ${what} ${ms} ms`)
  return { ms, value }
}

const query = (values: Partial<VideoQuery> = {}) => library.videos(VideoQuery.parse(values))

test('every view of a library of 20,000 videos is there within a second', () => {
  const all = timed('all rows', () => query())
  expect(all.value).toHaveLength(count)
  const views = [
    all,
    timed('a word', () => query({ text: '1999' })),
    timed('class, split and attribute', () =>
      query({ classes: [classes[3]!], splits: ['train'], attributes: [attributes[3]!] }),
    ),
    timed('problems', () => query({ problems: true })),
    timed('sorted by class', () => query({ sort: 'class' })),
    timed('statistics', () => library.statistics()),
    timed('classes', () => library.classes()),
    timed('attributes', () => library.attributes()),
    timed('project', () => made.project.info()),
  ]
  expect(Math.max(...views.map(({ ms }) => ms))).toBeLessThan(1000)
  expect(views[2]!.value).not.toHaveLength(0)
})

test('one answer for all of 20,000 videos is one step, forth and back, in seconds', () => {
  const ids: VideoId[] = made.project.repositories.videos.ids()
  const before = library.statistics()
  const [forth, back] = [
    timed('answered', () => library.setAttribute(ids, attributes[0]!, 'absent')),
    timed('undone', () => library.undo()),
  ]
  expect(back.value.label).toBe(`Answer attributes of ${count} videos`)
  expect(library.statistics()).toEqual(before)
  expect(forth.ms + back.ms).toBeLessThan(10_000)
})

test('all of 20,000 videos are removed and put back whole', () => {
  const before = query()
  const ids = before.map(({ id }) => id)
  timed('removed', () => library.remove(ids))
  expect(query()).toEqual([])
  timed('put back', () => library.undo())
  expect(query()).toEqual(before)
})
