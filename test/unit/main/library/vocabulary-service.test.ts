import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AnnotationService } from '@main/annotation/annotation-service'
import type { LibraryService } from '@main/library/library-service'
import { VocabularyService } from '@main/library/vocabulary-service'
import { owner } from '@shared/actor'
import { type AttributeId, type ClassId, RunId, type VideoId } from '@shared/ids'
import { aLibrary } from '../../../support/library'
import { aKeyframe, aProject } from '../../../support/project'
import { aRun } from '../../../support/runs'

let made: ReturnType<typeof aProject>
let vocabulary: VocabularyService
let library: LibraryService
let ollie: ClassId
let flip: ClassId
let pole: AttributeId
let post: AttributeId
let video: VideoId
let other: VideoId
beforeEach(() => {
  made = aProject()
  const { build, project } = made
  vocabulary = new VocabularyService(project, () => {})
  library = aLibrary(project)
  ;[ollie, flip] = [build.class('Ollie'), build.class('Kickflip')]
  ;[pole, post] = [build.attribute('pole'), build.attribute('post')]
  ;[video, other] = [build.video({ name: 'a', class: ollie }), build.video({ name: 'b', class: flip })]
})
afterEach(() => made.remove())

const annotations = (of: VideoId) => new AnnotationService(made.project, () => {}).get(owner, of)
const values = (of: VideoId) => annotations(of).labels.map(({ attribute, value }) => [attribute, value])
const everything = () => ({
  attributes: made.project.repositories.attributes.rows(),
  classes: made.project.repositories.classes.rows(),
  said: [video, other].map((id) => [values(id), annotations(id).tracks]),
})

describe('merging two words', () => {
  test('carries answers and tracks over, the stronger answer counts, and undo puts everything back', () => {
    made.build.label(video, post, 'present')
    made.build.label(video, pole, 'absent')
    made.build.label(other, post, 'absent')
    made.build.label(other, pole, 'unsure')
    const track = made.build.track(video, post, [aKeyframe(0), aKeyframe(9, 20)])
    const before = everything()
    vocabulary.mergeAttributes(owner, { id: post, into: pole })
    expect(values(video)).toEqual([[pole, 'present']])
    expect(values(other)).toEqual([[pole, 'unsure']])
    expect(annotations(video).tracks).toMatchObject([{ id: track, attribute: pole, keyframes: [{}, {}] }])
    expect(made.project.repositories.attributes.find(post)).toBeNull()
    expect(library.undo(owner)).toMatchObject({ label: 'Merge post into pole', aside: [] })
    expect(everything()).toEqual(before)
  })

  test('is refused with itself', () => {
    expect(() => vocabulary.mergeAttributes(owner, { id: pole, into: pole })).toThrow(
      expect.objectContaining({ code: 'BAD_SETTING' }),
    )
  })
})

test('splitting a word leaves what was absent absent, and the rest to be said; undo takes the new words away', () => {
  made.build.label(video, pole, 'present')
  made.build.label(other, pole, 'absent')
  const before = everything()
  const [flag, lamp] = vocabulary.splitAttribute(owner, { id: pole, names: ['flag pole', 'lamp pole'] })
  expect(values(video)).toEqual([
    [pole, 'present'],
    [flag, 'unsure'],
    [lamp, 'unsure'],
  ])
  expect(values(other)).toEqual([
    [pole, 'absent'],
    [flag, 'absent'],
    [lamp, 'absent'],
  ])
  expect(new Set(made.project.repositories.attributes.rows().map(({ slot }) => slot)).size).toBe(4)
  expect(() => vocabulary.splitAttribute(owner, { id: pole, names: ['post'] })).toThrow(
    expect.objectContaining({ code: 'NAME_TAKEN' }),
  )
  library.undo(owner)
  expect(everything()).toEqual(before)
})

test('merging two classes moves the videos, and what is said of the class follows', () => {
  library.setClassPrior(owner, flip, [pole])
  library.setClassPrior(owner, ollie, [post])
  vocabulary.mergeClasses(owner, { id: ollie, into: flip })
  expect(made.project.repositories.videos.get(video).class).toBe(flip)
  expect(values(video)).toEqual([[pole, 'present']])
  expect(made.project.repositories.classes.rows().map(({ name }) => name)).toEqual(['Kickflip'])
  library.undo(owner)
  expect(made.project.repositories.videos.get(video).class).toBe(ollie)
  expect(values(video)).toEqual([[post, 'present']])
})

test("what is said of a class follows the class of a video, but for a person's own answers; undo puts it back", () => {
  library.setClassPrior(owner, ollie, [post])
  library.setClassPrior(owner, flip, [pole])
  const third = made.build.video({ name: 'c', class: ollie })
  made.build.label(third, pole, 'absent')
  library.setClass(owner, [video, third], flip)
  expect(annotations(video).labels).toMatchObject([{ attribute: pole, value: 'present', source: 'class' }])
  expect(values(third)).toEqual([[pole, 'absent']])
  library.setClass(owner, [video], null)
  expect(values(video)).toEqual([])
  library.undo(owner)
  library.undo(owner)
  expect(values(video)).toEqual([[post, 'present']])
})

test('what hangs on a word is counted, with the runs that learned it; those follow a new name', () => {
  const { runs } = made.project.repositories
  made.build.label(video, pole, 'present')
  made.build.track(other, pole)
  const run = RunId.parse('r1')
  runs.create(
    aRun({ id: run, name: 'First', classes: [{ id: ollie, name: 'Ollie' }], attributes: [{ id: pole, name: 'pole' }] }),
  )
  expect(vocabulary.reach({ attribute: pole })).toEqual({ videos: 2, answers: 1, tracks: 1, runs: ['First'] })
  expect(vocabulary.reach({ class: ollie })).toEqual({ videos: 1, answers: 0, tracks: 0, runs: ['First'] })
  expect(vocabulary.reach({ attribute: post })).toEqual({ videos: 0, answers: 0, tracks: 0, runs: [] })
  made.project.repositories.classes.put({ id: ollie, name: 'Jump' })
  expect([runs.get(run).classes, runs.vocabulary(run).classes, runs.list()[0]?.classes]).toEqual([
    ...[['Jump'], [{ id: ollie, name: 'Jump' }], ['Jump']],
  ])
})

describe('a starter vocabulary', () => {
  const names = () => made.project.repositories.attributes.rows().map(({ name }) => name)

  test('is taken over whole, each word with its own colour, and goes in one step', () => {
    for (const id of [pole, post]) library.removeAttribute(owner, id)
    const ids = vocabulary.adopt(owner, 'poses')
    const rows = made.project.repositories.attributes.rows()
    expect(rows.map(({ id }) => id)).toEqual(ids)
    expect(names()).toContain('upside down')
    expect(new Set(rows.map(({ slot }) => slot)).size).toBe(rows.length)
    expect(rows.filter(({ side }) => side !== 'none')).toHaveLength(4)
    library.undo(owner)
    expect(names()).toEqual([])
    library.redo(owner)
    expect(names()).toHaveLength(ids.length)
  })

  test('is refused where there are words, and to those who only answer', () => {
    expect(() => vocabulary.adopt(owner, 'sports')).toThrow(expect.objectContaining({ code: 'BAD_SETTING' }))
    const ann = { ...owner, role: 'annotator' as const }
    expect(() => vocabulary.adopt(ann, 'sports')).toThrow(expect.objectContaining({ code: 'NOT_ALLOWED' }))
    expect(names()).toEqual(['pole', 'post'])
  })
})

test('a key that is chosen for a word is taken from the word that had it, and undo gives it back', () => {
  const keys = () => made.project.repositories.attributes.rows().map(({ hotkey }) => hotkey)
  library.updateAttribute(owner, pole, { hotkey: 'Q 3' })
  library.updateAttribute(owner, post, { hotkey: 'Q 3' })
  expect(keys()).toEqual(['', 'Q 3'])
  library.undo(owner)
  expect(keys()).toEqual(['Q 3', ''])
})
