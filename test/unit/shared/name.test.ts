import { annotation } from '@shared/contract/annotation'
import { learning } from '@shared/contract/learning'
import { library } from '@shared/contract/library'
import { people } from '@shared/contract/people'
import { project } from '@shared/contract/project'
import { Box } from '@shared/geometry/box'
import { Keyframe } from '@shared/geometry/track'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'

const inputOf = (procedure: { '~orpc': { inputSchema?: unknown } }) => procedure['~orpc'].inputSchema as z.ZodType

const wrong = [
  '',
  ' ',
  'two\nlines',
  'bell\u0007',
  'nul\u0000',
  'next\u0085line',
  'line\u2028end',
  'x'.repeat(201),
  'x'.repeat(5000),
]

describe('a name that is no line of 1 to 200 characters is refused', () => {
  const doors: [string, z.ZodType, (name: string) => unknown][] = [
    ['of a class', inputOf(library.createClass), (name) => ({ name })],
    ['of a class that is renamed', inputOf(library.renameClass), (name) => ({ id: 'c', name })],
    ['of an attribute', inputOf(library.createAttribute), (name) => ({ name })],
    ['of an attribute that is renamed', inputOf(library.updateAttribute), (name) => ({ id: 'a', name })],
    [
      'of an attribute in a list of labels',
      inputOf(library.label),
      (attribute) => ({ labels: [{ of: 'video', name: 'v', attribute, value: 'present' }] }),
    ],
    ['of the class of an import', inputOf(library.import), (name) => ({ paths: ['/x'], class: name })],
    ['of a group', inputOf(library.setGroup), (name) => ({ rule: { by: 'name', name } })],
    ['of a person', inputOf(people.add), (name) => ({ name })],
    ['of a project', inputOf(project.create), (name) => ({ path: '/x', name })],
    ['of an output of a model', inputOf(learning.importModel), (name) => ({ path: '/x', name: 'm', classes: [name] })],
  ]
  test.each(doors)('%s', (_, input, asked) => {
    for (const name of wrong) expect(input.safeParse(asked(name)).success, JSON.stringify(name)).toBe(false)
    expect(input.safeParse(asked('Rückwärts Saltö 後方')).error).toBeUndefined()
  })
})

describe('a box that no picture could hold', () => {
  const video = 'v'
  const track = 't'
  const doors: [string, z.ZodType, object][] = [
    ['begins no track', inputOf(annotation.createTrack), { video, attribute: 'a', frame: 0 }],
    ['is no key frame', inputOf(annotation.setKeyframe), { video, track, frame: 0 }],
  ]
  test.each(doors)('%s', (_, input, rest) => {
    const asked = (x2: number) => input.safeParse({ ...rest, value: { box: { x1: 0, y1: 0, x2, y2: 9 } } })
    for (const x2 of [1e300, -1e300, 1e6 + 1, NaN, Infinity]) expect(asked(x2).success, String(x2)).toBe(false)
    for (const x2 of [1e6, -40.5, 12]) expect(asked(x2).error).toBeUndefined()
  })

  test('is still read where an older studio stored it', () => {
    const box = { x1: 0, y1: 0, x2: 1e9, y2: 9 }
    expect(Box.parse(box)).toEqual(box)
    expect(Keyframe.parse({ frame: 0, box }).box).toEqual(box)
  })
})
