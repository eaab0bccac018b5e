import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { contentsOf } from '@main/interchange/contents'
import { JsonLine, jsonLines } from '@main/interchange/formats/json-lines'
import type { Keyframe } from '@shared/geometry/track'
import { importText } from '../../../../support/interchange'
import { aProject } from '../../../../support/project'

const word = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).map((text) => text.normalize('NFC').trim())
const words = fc.uniqueArray(
  word.filter((text) => text !== '' && text.isWellFormed()),
  { minLength: 1, maxLength: 4, selector: (text) => text.toLowerCase() },
)
const number = fc.double({ min: -50, max: 400, noNaN: true }).map((value) => value + 0)
const keyframe = fc
  .record({ x1: number, y1: number, width: fc.integer({ min: 1, max: 99 }), height: fc.integer({ min: 1, max: 99 }) })
  .map(({ x1, y1, width, height }) => ({ x1, y1, x2: x1 + width, y2: y1 + height }))
const track = fc
  .uniqueArray(fc.record({ frame: fc.nat(89), box: keyframe, outside: fc.boolean(), occluded: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
    selector: ({ frame }) => frame,
  })
  .map((keyframes: Keyframe[]) => keyframes.sort((a, b) => a.frame - b.frame))
  .filter((keyframes) => keyframes.some(({ outside }) => !outside))

const aData = fc.record({
  classes: words,
  attributes: words,
  videos: fc.array(
    fc.record({
      of: fc.option(fc.nat(3)),
      split: fc.constantFrom('train' as const, 'test' as const, null),
      answers: fc.array(fc.constantFrom('present' as const, 'absent' as const, 'unsure' as const, null), {
        maxLength: 4,
      }),
      tracks: fc.array(fc.tuple(fc.option(fc.nat(3)), track), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 8 },
  ),
})

type Data = typeof aData extends fc.Arbitrary<infer Value> ? Value : never

/** Names that every object of the language has. */
const dangerous: Data = {
  classes: ['constructor', '__proto__'],
  attributes: ['toString', 'hasOwnProperty'],
  videos: [{ of: 1, split: 'train', answers: ['present', 'absent'], tracks: [] }],
}

function fill({ build, project }: ReturnType<typeof aProject>, data: Data): void {
  const classes = data.classes.map((name) => build.class(name))
  const attributes = data.attributes.map((name) => build.attribute(name))
  data.videos.forEach(({ of, split, answers, tracks }, i) => {
    const video = build.video({ name: `clip ${i}`, class: of === null ? null : (classes[of] ?? null), split })
    project.repositories.videos.set([video], { group: split && `g ${split}` })
    answers.forEach((value, at) => value && attributes[at] && build.label(video, attributes[at], value))
    for (const [at, keyframes] of tracks) build.track(video, at === null ? null : (attributes[at] ?? null), keyframes)
  })
}

function textOf({ project }: ReturnType<typeof aProject>): string {
  const [file] = jsonLines.write!(contentsOf(project.repositories), {})
  return [...(file!.chunks as Iterable<string>)].join('')
}

/** Without what only files have. */
const comparable = (text: string) => text.replace(/"sha256":"[^"]*"/g, '"sha256":null')

test('export and import into a project of the same films give the same project, and the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(aData, async (data) => {
      const [from, to] = [aProject(), aProject()]
      try {
        fill(from, data)
        data.videos.forEach((_, i) => to.build.video({ name: `clip ${i}` }))
        const text = textOf(from)
        expect(textOf(from)).toBe(text)
        const report = await importText(to.project, { name: 'all.jsonl', text: comparable(text) })
        expect(report).toMatchObject({ format: 'jsonl', questions: [], videos: { unmatched: [] } })
        expect(report.rows).toMatchObject({ skipped: 0, clamped: 0 })
        expect(comparable(textOf(to))).toBe(comparable(text))
      } finally {
        from.remove()
        to.remove()
      }
    }),
    { numRuns: 4, endOnFailure: true, examples: [[dangerous]] },
  )
})

test('lines that are broken are reported with their numbers, and the others are taken', async () => {
  const made = aProject()
  try {
    const text = '{"kind":"dataset","version":1}\n{"kind":"class"\n{"kind":"class","name":"Jump"}\n{"kind":"video"}\n'
    expect(await importText(made.project, { name: 'a.jsonl', text })).toMatchObject({
      newClasses: ['Jump'],
      rows: { read: 4, skipped: 2 },
      reasons: [{ line: 2 }, { line: 4 }],
    })
  } finally {
    made.remove()
  }
})

test('the published schema is the one that is read by', () => {
  const file = resolve(import.meta.dirname, '../../../../../docs/dataset.schema.json')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(z.toJSONSchema(JsonLine, { io: 'input' }))
})
