import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LibrarySize, makeLibrary } from '../../../../bench/support/large-library'
import { type Project, openProject } from '@main/project/project'
import { dataFacts } from '@main/runs/data-facts'
import { owner } from '@shared/actor'
import { VideoWindow } from '@shared/contract/library'
import type { VideoId } from '@shared/ids'
import { aLibrary } from '../../../support/library'
import { temporaryFolder } from '../../../support/project'

const size: LibrarySize = { videos: 50, classes: 4, attributes: 8, labelsEach: 2, keyframesEach: 3 }
const folder = temporaryFolder()
let project: Project

beforeAll(() => {
  const made = join(folder.path, 'library')
  makeLibrary(made, size)
  project = openProject(made)
})
afterAll(() => {
  project.close()
  folder.remove()
})

test('the library that benches are run on is one that the studio reads, at any size', async () => {
  const library = aLibrary(project)
  const { rows, total } = await library.videos(VideoWindow.parse({ offset: 10, limit: 5 }))
  expect([rows.length, total]).toEqual([5, size.videos])
  expect(rows[0]).toMatchObject({ status: 'ok', tracks: 1 })
  expect(await library.statistics()).toMatchObject({ videos: { train: 40, test: 10, none: 0 } })
  expect(dataFacts(project.repositories)).toMatchObject({ trainVideos: 39, testVideos: 10, leftOut: 1 })
})

test('what everybody answered is what the studio itself makes of the answers', () => {
  const { answers, labels, tracks, videos } = project.repositories
  const all = videos.ids()
  const agreed = (id: VideoId) =>
    labels.ofVideo(id).map(({ attribute, value, source }) => ({ attribute, value, source }))
  const before = all.map(agreed)
  expect(before.flat()).toHaveLength(size.videos * size.labelsEach)
  project.transaction(() => {
    for (const video of all)
      for (const { attribute, person, value } of answers.ofVideo(video))
        if (person) answers.set({ video, attribute, person }, { value, at: null })
  })
  expect(all.map(agreed)).toEqual(before)
  expect(tracks.ofVideo(all[0]!).map(({ person, keyframes }) => [person, keyframes.length])).toEqual([
    [owner.id, size.keyframesEach],
  ])
})
