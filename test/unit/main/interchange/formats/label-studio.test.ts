import { expect, test } from 'vitest'
import { aSource, partsOf } from '../../../../support/interchange'

const result = { id: 'r', type: 'choices', from_name: 'action', value: { choices: ['Kick'] } }
const task = (annotations: unknown[]) => ({ data: { video: 'clip.mp4' }, annotations })

async function reasons(...tasks: unknown[]): Promise<string[]> {
  const { notes } = await partsOf('label-studio', aSource('export.json', JSON.stringify(tasks)))
  return notes.map(({ reason }) => reason)
}

test('a result that cannot be read is left out, and the field that is wrong is named', async () => {
  const { type: _, ...untyped } = result
  expect(await reasons(task([{ result: [{ ...result, value: 'Kick' }, untyped] }]))).toEqual([
    'task 1: a result cannot be read: value: expected record, received string',
    'task 1: a result cannot be read: type: expected string, received undefined',
  ])
})

test('so is an annotation, and a task', async () => {
  expect(await reasons(task([{ result: 'none' }]), { data: 'clip.mp4' })).toEqual([
    'task 1: an annotation cannot be read: result: expected array, received string',
    'task 2: it cannot be read: data: expected record, received string',
  ])
})
