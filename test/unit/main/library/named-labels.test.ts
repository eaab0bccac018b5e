import { owner } from '@shared/actor'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { allFormats } from '@main/interchange/formats'
import { DataImportService } from '@main/interchange/import-service'
import { FormatRegistry } from '@main/interchange/registry'
import { NamedLabels } from '@main/library/named-labels'
import { PersonId } from '@shared/ids'
import { aProject } from '../../../support/project'

let made: ReturnType<typeof aProject>
let labels: NamedLabels
beforeEach(() => {
  made = aProject()
  const { project } = made
  const formats = new FormatRegistry(allFormats)
  labels = new NamedLabels(project, new DataImportService({ project, formats, onChange: () => {} }))
})
afterEach(() => made.remove())

test('answers for a class fill it, leave alone what people said, and are one step back', async () => {
  const { build, project } = made
  const kickflip = build.class('Kickflip')
  const flips = build.attribute('board flips')
  const [first, second] = ['Kickflip1', 'Kickflip2'].map((name) => build.video({ name, class: kickflip }))
  build.label(first!, flips, 'absent')
  const said = { of: 'class', name: 'kickflip', value: 'present' } as const
  expect(
    await labels.apply(
      owner,
      ['Board flips', 'feet leave board'].map((attribute) => ({ ...said, attribute })),
    ),
  ).toEqual({
    labels: 3,
    videos: 2,
    newAttributes: ['feet leave board'],
    kept: 1,
  })
  expect(project.repositories.labels.ofVideo(second!)).toHaveLength(2)
  expect(project.history.undo({ scope: 'library', person: owner.id }).done?.label).toBe('Import 3 answers')
  expect(project.repositories.labels.ofVideo(second!)).toEqual([])
})

test('who names a video means it; an unknown name changes nothing and names what there is', async () => {
  const { build, project } = made
  const video = build.video({ name: 'Kickflip30', path: '/x/Kickflip30.mov' })
  build.label(video, build.attribute('pole'), 'absent')
  const said = (name: string) => ({ of: 'video', name, attribute: 'pole', value: 'present' }) as const
  await expect(labels.apply(owner, [said('Kickflip30'), said('Kickflip3')])).rejects.toEqual(
    expect.objectContaining({
      code: 'UNKNOWN_NAME',
      data: { kind: 'video', name: 'Kickflip3', known: ['Kickflip30'] },
    }),
  )
  expect(project.repositories.labels.ofVideo(video)).toMatchObject([{ value: 'absent' }])
  expect(await labels.apply(owner, [said('x/kickflip30.MOV')])).toMatchObject({ labels: 1, videos: 1 })
  expect(project.repositories.labels.ofVideo(video)).toMatchObject([{ value: 'present' }])
})

test('whoever gave answers by name takes them back, and nobody else does', async () => {
  const { build, project } = made
  const [video, rita] = [build.video({ name: 'clip' }), PersonId.parse('rita')]
  project.repositories.people.put({ id: rita, name: 'Rita', role: 'reviewer' })
  await labels.apply({ id: rita, name: 'Rita', role: 'reviewer' }, [
    { of: 'video', name: 'clip', attribute: 'pole', value: 'present' },
  ])
  expect(project.history.undo({ scope: 'library', person: owner.id }).done).toBeNull()
  expect(project.repositories.labels.ofVideo(video)).toHaveLength(1)
  expect(project.history.undo({ scope: 'library', person: rita }).done?.label).toBe('Import 1 answer')
  expect(project.repositories.labels.ofVideo(video)).toEqual([])
})

test('frames in which it is seen are marked with the answer, in the place of those marked before; one step back', async () => {
  const { build, project } = made
  const video = build.video({ name: 'Kickflip30', record: { frames: 90 } })
  build.span(video, build.attribute('pole'), [0, 3])
  const said = { of: 'video', name: 'Kickflip30', attribute: 'pole', value: 'present' } as const
  const ends = () => project.repositories.spans.ofVideo(video).map(({ from, to }) => [from, to])
  await labels.apply(
    owner,
    [
      [12, 40],
      [60, 89],
    ].map(([from, to]) => ({ ...said, span: { from: from!, to: to! } })),
  )
  expect(ends()).toEqual([
    [12, 40],
    [60, 89],
  ])
  project.history.undo({ scope: 'library', person: owner.id })
  expect(ends()).toEqual([[0, 3]])
})

test('frames that cannot be marked are refused with a sentence, and nothing is changed', async () => {
  const { build, project } = made
  const video = build.video({ name: 'clip', class: build.class('Kickflip'), record: { frames: 90 } })
  const said = { of: 'video', name: 'clip', attribute: 'pole', value: 'present', span: { from: 5, to: 9 } } as const
  for (const [more, code] of [
    [{ of: 'class', name: 'Kickflip' }, 'BAD_SETTING'],
    [{ value: 'absent' }, 'BAD_SETTING'],
    [{ span: { from: 9, to: 5 } }, 'BAD_SETTING'],
    [{ span: { from: 9, to: 90 } }, 'FRAME_NOT_THERE'],
  ] as const)
    await expect(labels.apply(owner, [{ ...said, ...more }])).rejects.toEqual(expect.objectContaining({ code }))
  expect(project.repositories.answers.ofVideo(video)).toEqual([])
})
