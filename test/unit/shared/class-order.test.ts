import { expect, test } from 'vitest'
import { classOrder, namesIn } from '@shared/class-order'

const known = ['ball', 'nothing', 'pole']
const check = (names: string[], more: object = {}) => classOrder(names, { outputs: 3, known, create: false, ...more })

test('names of the project in any order are fine', () => {
  expect(check(['pole', 'ball', 'nothing'])).toEqual({ unknown: [], missing: [], problems: [] })
})

test('too few names, names given twice and names the project lacks are said in sentences', () => {
  expect(check(['pole', 'pole'])).toMatchObject({
    missing: ['ball', 'nothing'],
    problems: ['The model has 3 outputs, and 2 names are given.', 'Each name stands once; given twice: pole.'],
  })
  expect(check(['pole', 'ball', 'ring']).problems).toEqual(['The project has no class of this name: ring.'])
  expect(check(['pole', '', 'ball']).problems).toContain('A name is empty.')
})

test('names the project lacks are no problem where they are to be made', () => {
  expect(check(['pole', 'ball', 'ring'], { create: true })).toEqual({
    unknown: ['ring'],
    missing: ['nothing'],
    problems: [],
  })
})

test('a list in letters that are taken apart names the classes of the project', () => {
  const [name] = namesIn(`${'Übung'.normalize('NFD')}\n`)
  expect(check([name!], { outputs: 1, known: ['Übung'] })).toEqual({ unknown: [], missing: [], problems: [] })
})

test('a list is read a name a line, whatever ends the lines', () => {
  expect(namesIn('ball\r\n  pole \nring\n\n')).toEqual(['ball', 'pole', 'ring'])
  expect(namesIn('ball\n\nring')).toEqual(['ball', '', 'ring'])
  expect(namesIn('\n')).toEqual([])
})
