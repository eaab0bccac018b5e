import { expect, test } from 'vitest'
import type { ClassId } from '@shared/ids'
import { chosenClasses, factsOf } from '@main/runs/chosen-classes'
import type { DataFacts } from '@main/runs/run-checks'

const aClass = (name: string, train: number, test = 1) => ({ id: name as ClassId, name, train, test })
const facts: DataFacts = {
  classes: [aClass('ball', 5), aClass('pole', 3), aClass('ring', 0)],
  ...{ attributes: [], trainVideos: 8, testVideos: 3, trainWithoutAttributes: 0, leakingGroups: [], leftOut: 2 },
  alike: [['ball', 'pole', 'ring']],
}

test('chosen classes come in the project’s order; all of them where none was chosen', () => {
  expect(chosenClasses(facts.classes, ['pole', 'ball']).map(({ name }) => name)).toEqual(['ball', 'pole'])
  expect(chosenClasses(facts.classes, [])).toEqual(facts.classes)
})

test('a name that no class has is named, with those there are', () => {
  expect(() => chosenClasses(facts.classes, ['ball', 'Ball'])).toThrow(
    expect.objectContaining({
      data: { setting: 'classes', reason: 'There is no class called Ball. The project has ball, pole, ring.' },
    }),
  )
})

test('videos of other classes are not counted, and an empty one that was not chosen stands in no way', () => {
  expect(factsOf(facts, ['ball', 'pole'])).toMatchObject({ trainVideos: 8, testVideos: 2, alike: [['ball', 'pole']] })
  expect(factsOf(facts, ['ball', 'pole']).classes.map(({ name }) => name)).toEqual(['ball', 'pole'])
  expect(factsOf(facts, ['ball']).alike).toEqual([])
  expect(factsOf(facts, [])).toBe(facts)
})
