import { expect, test } from 'vitest'
import { type Vote, dawidSkene } from '@main/campaigns/consensus/dawid-skene'

/**
 * Dawid and Skene 1979, table 1: 45 patients, each line one of them; the first anaesthetist looked three times, the
 * other four once. Their classes are 1 to 4.
 */
const patients = `111 1 1 1 1,333 4 3 3 4,112 2 1 2 2,222 3 1 2 1,222 3 2 2 2,222 3 3 2 2,122 2 1 1 1,333 3 4 3 3,
222 2 2 2 3,232 2 2 2 3,444 4 4 4 4,222 3 3 4 3,111 1 1 1 1,222 3 2 1 2,121 1 1 1 1,111 2 1 1 1,111 1 1 1 1,
111 1 1 1 1,222 2 2 2 1,222 1 3 2 2,222 2 2 2 2,222 2 2 2 1,222 3 2 2 2,221 2 2 2 2,111 1 1 1 1,111 1 1 1 1,
232 2 2 2 2,111 1 1 1 1,111 1 1 1 1,112 1 1 2 1,111 1 1 1 1,333 3 2 3 3,111 1 1 1 1,222 2 2 2 2,222 3 2 3 2,
433 4 3 4 3,221 2 2 3 2,232 3 2 3 3,333 3 4 3 2,111 1 1 1 1,111 1 1 1 1,121 2 1 1 1,232 2 2 2 2,121 1 1 1 1,
222 2 2 2 2`

const votes: Vote[] = patients.split(',').flatMap((line, unit) =>
  line
    .trim()
    .split(' ')
    .flatMap((looks, person) => [...looks].map((look) => ({ unit, person, value: Number(look) - 1 }))),
)
const found = dawidSkene({ units: 45, people: 5, values: 4, votes })
const rounded = (row: readonly number[] | undefined) => row?.map((value) => Number(value.toFixed(2)))

const row = (...values: number[]) => values

test('class shares are those that were published', () => {
  expect(rounded(found.shares[0])).toEqual([0.4, 0.42, 0.11, 0.07])
})

test('error rates of the five anaesthetists are those that were published', () => {
  expect(found.confusion.map((own) => own.map(rounded))).toEqual([
    // True class down, class said across.
    [row(0.89, 0.11, 0, 0), row(0.07, 0.88, 0.05, 0), row(0, 0.34, 0.66, 0), row(0, 0, 0.56, 0.44)],
    [row(0.83, 0.17, 0, 0), row(0.05, 0.63, 0.31, 0), row(0, 0, 1, 0), row(0, 0, 0, 1)],
    [row(1, 0, 0, 0), row(0.11, 0.79, 0.11, 0), row(0, 0.4, 0.2, 0.4), row(0, 0, 0.67, 0.33)],
    [row(0.94, 0.06, 0, 0), row(0.05, 0.84, 0.1, 0), row(0, 0, 0.8, 0.2), row(0, 0, 0.33, 0.67)],
    [row(1, 0, 0, 0), row(0.16, 0.73, 0.11, 0), row(0, 0.21, 0.79, 0), row(0, 0, 0.33, 0.67)],
  ])
})

const mostlyRight = [row(0.75, 0.25), row(0.25, 0.75)]

test('who is always wrong is worth as much as who is always right, once it is known', () => {
  // Three say what is true, one the opposite, about twelve things.
  const true_ = (unit: number) => (unit % 3 === 0 ? 1 : 0)
  const all = Array.from({ length: 12 }, (_, unit) =>
    [0, 1, 2, 3].map((person) => ({ unit, person, value: person === 3 ? 1 - true_(unit) : true_(unit) })),
  ).flat()
  // Of the last thing only one right one and the wrong one have said something, and they do not agree.
  const few = all.filter(({ unit, person }) => unit < 11 || person === 0 || person === 3)
  const { truth, confusion } = dawidSkene({ units: 12, people: 4, values: 2, votes: few }, { prior: mostlyRight })
  expect(truth.map(([zero = 0]) => (zero > 0.5 ? 0 : 1))).toEqual(Array.from({ length: 12 }, (_, i) => true_(i)))
  expect(truth[11]?.[true_(11)]).toBeGreaterThan(0.95)
  expect(confusion[3]?.[0]?.[1]).toBeGreaterThan(0.8)
})

test('a unit of which nothing was said is as likely as its group has it', () => {
  const groupOf = (unit: number) => (unit < 3 ? 0 : 1)
  const some = [0, 1, 3, 4].map((unit) => ({ unit, person: 0, value: unit < 3 ? 1 : 0 }))
  const { truth } = dawidSkene(
    { units: 6, people: 1, values: 2, votes: some, groupOf, groups: 2 },
    { prior: mostlyRight },
  )
  expect(truth[2]?.[1]).toBeGreaterThan(0.7)
  expect(truth[5]?.[0]).toBeGreaterThan(0.7)
})
