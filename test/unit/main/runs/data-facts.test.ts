import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isReadable } from '@main/runs/clip-rows'
import { dataFacts } from '@main/runs/data-facts'
import { aProject } from '../../../support/project'

let made: ReturnType<typeof aProject>
beforeEach(() => {
  made = aProject()
})
afterEach(() => made.remove())

const noProxy = { proxy: null }
const failed = { status: 'failed', reason: 'no picture', frames: 0, proxy: null } as const

/** Two classes that show the same, one that shows more, and videos that no run can use. */
function aMixedProject() {
  const { build, project } = made
  const [pole, ball] = [build.attribute('pole'), build.attribute('ball')]
  const [kick, flip, spin] = [build.class('Kick'), build.class('Flip'), build.class('Spin')]
  const sides = [
    ...[kick, flip, spin].flatMap((of) => [
      { class: of, split: 'train', group: `film of ${of}` } as const,
      { class: of, split: 'train' } as const,
      { class: of, split: 'test', group: of === spin ? `film of ${of}` : 'a film of its own' } as const,
    ]),
    ...[{ class: null, split: 'train' } as const, { class: kick, split: null }],
    ...[
      { class: kick, split: 'train', record: noProxy } as const,
      { class: flip, split: 'test', record: failed } as const,
    ],
  ]
  for (const { group, ...video } of sides.map((side) => ({ group: null as string | null, ...side }))) {
    const id = build.video(video)
    if (group) project.repositories.videos.set([id], { group })
    if (video.split === 'train') build.label(id, pole)
    if (video.class === spin) build.label(id, ball)
    if (video.class === flip) build.label(id, ball, 'absent')
  }
  build.video({ class: kick, split: 'train' })
}

describe('what a run would learn from', () => {
  test('is counted among the videos that can be read and have a class and a split', () => {
    aMixedProject()
    const facts = dataFacts(made.project.repositories)
    expect(facts.classes.map(({ name, train, test }) => [name, train, test])).toEqual([
      ['Flip', 2, 1],
      ['Kick', 3, 1],
      ['Spin', 2, 1],
    ])
    expect(facts).toMatchObject({ trainVideos: 7, testVideos: 3, leftOut: 4, trainWithoutAttributes: 1 })
    expect(facts.attributes.map(({ name, videos }) => [name, videos])).toEqual([
      ['pole', 8],
      ['ball', 3],
    ])
  })

  test('classes that nothing tells apart, and films on both sides, are named', () => {
    aMixedProject()
    const { alike, leakingGroups } = dataFacts(made.project.repositories)
    // Kick has a video without attributes, so that less than nine in ten show the pole.
    expect(alike).toEqual([])
    const spin = made.project.repositories.classes.byName('Spin')!.id
    expect(leakingGroups).toEqual([`film of ${spin}`])
    const bare = made.project.repositories.videos.all().find(({ id, split, ...record }) => {
      const none = made.project.repositories.labels.present(id).size === 0
      return none && split === 'train' && isReadable({ id, split, ...record })
    })!
    made.project.repositories.videos.remove([bare.id])
    expect(dataFacts(made.project.repositories).alike).toEqual([['Flip', 'Kick']])
  })

  test('no video is read for it, however many there are', () => {
    aMixedProject()
    const { repositories } = made.project
    const unread = new Proxy(repositories.videos, {
      get(videos, name) {
        if (name === 'count') return () => videos.count()
        throw new Error(`videos were read: ${String(name)}`)
      },
    })
    expect(dataFacts({ ...repositories, videos: unread }).trainVideos).toBe(7)
  })

  test('without any data there are zeros', () => {
    expect(dataFacts(made.project.repositories)).toEqual({
      ...{ classes: [], attributes: [], trainVideos: 0, testVideos: 0, trainWithoutAttributes: 0 },
      ...{ leakingGroups: [], alike: [], leftOut: 0 },
    })
  })
})
