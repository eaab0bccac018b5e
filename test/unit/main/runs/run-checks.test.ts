import { expect, test } from 'vitest'
import type { AttributeInfo } from '@shared/contract/library'
import { AttributeId, ClassId } from '@shared/ids'
import { type DataFacts, findings, requireAttributes, requireClasses, requireFlips } from '@main/runs/run-checks'

const aClass = (name: string, train: number, test = 1) => ({ id: ClassId.parse(name), name, train, test })
const aWord = (name: string, values: Partial<AttributeInfo> = {}): AttributeInfo => ({
  id: AttributeId.parse(name),
  ...{
    name,
    slot: 0,
    group: '',
    side: 'none',
    description: '',
    hotkey: '',
    picture: null,
    videos: 1,
    withBoxes: 0,
    ...values,
  },
})
const someFacts = (values: Partial<DataFacts> = {}): DataFacts => ({
  classes: [aClass('jump', 3), aClass('kick', 3)],
  attributes: [aWord('board flips')],
  trainVideos: 6,
  testVideos: 2,
  trainWithoutAttributes: 0,
  leftOut: 0,
  leakingGroups: [],
  alike: [],
  ...values,
})

test('two filled classes are needed, and none may be empty', () => {
  expect(() => requireClasses(someFacts())).not.toThrow()
  const one = someFacts({ classes: [aClass('jump', 3), aClass('kick', 0)] })
  expect(() => requireClasses(one)).toThrow(
    expect.objectContaining({ code: 'TOO_FEW_CLASSES', data: { classes: ['jump'] } }),
  )
  const empty = someFacts({ classes: [aClass('jump', 3), aClass('kick', 3), aClass('spin', 0)] })
  expect(() => requireClasses(empty)).toThrow(
    expect.objectContaining({ code: 'CLASS_EMPTY', data: { classes: ['spin'] } }),
  )
})

test('an explanation needs at least one training video with an attribute', () => {
  expect(() => requireAttributes(someFacts({ trainWithoutAttributes: 5 }))).not.toThrow()
  expect(() => requireAttributes(someFacts({ trainWithoutAttributes: 6 }))).toThrow(
    expect.objectContaining({ code: 'NO_ATTRIBUTES' }),
  )
})

test('flips are refused only for sided attributes that some video has', () => {
  const sided = someFacts({
    attributes: [aWord('left hand', { side: 'left' }), aWord('right hand', { side: 'right', videos: 0 })],
  })
  expect(() => requireFlips(true, sided)).toThrow(/setting is outside/i)
  expect(() => requireFlips(false, sided)).not.toThrow()
})

test('what is wrong is said before a run, the refusals first', () => {
  const facts = someFacts({
    classes: [aClass('jump', 3, 0), aClass('kick', 0)],
    attributes: [aWord('board flips', { videos: 0 })],
    trainWithoutAttributes: 2,
    leftOut: 4,
  })
  const list = findings(facts, [() => requireClasses(facts)])
  expect(list.map(({ level }) => level)).toEqual(['error', 'warn', 'warn', 'warn', 'warn'])
  expect(list.map(({ text }) => text).join('\n')).toMatch(
    /jump.*without test videos: jump.*board flips.*4 videos.*2 of 6/s,
  )
})

test('what speaks against the model stands among the warnings', () => {
  const list = findings(someFacts({ leftOut: 1 }), [], ['Cells see too little.'])
  expect(list.map(({ level }) => level)).toEqual(['warn', 'warn', 'ok'])
  expect(list[1]).toEqual({ level: 'warn', text: 'Cells see too little.' })
})

test('where nothing is wrong, one line says how much there is', () => {
  expect(findings(someFacts(), [])).toEqual([{ level: 'ok', text: '6 training videos, 2 test videos.' }])
})
