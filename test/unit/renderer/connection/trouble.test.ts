import { ORPCError } from '@orpc/client'
import { expect, test } from 'vitest'
import { failures } from '@shared/failures'
import { detailsOf, troubleOf } from '@renderer/connection/trouble'

test('a failure of the catalogue is told as what, what to do, and which', () => {
  const error = new ORPCError('CLASS_EMPTY', { message: 'whatever', data: { classes: ['Ollie', 'Kickflip'] } })
  const trouble = troubleOf(error)
  expect(trouble.what).toBe('A class has no training videos.')
  expect(trouble.advice).toBe('Give it videos, or delete the class, then start again.')
  expect(trouble.particulars).toEqual(['classes: Ollie, Kickflip'])
  expect(detailsOf(trouble)).toContain('CLASS_EMPTY')
})

test('every sentence of the catalogue says what, and what to do', () => {
  for (const [code, { message }] of Object.entries(failures)) {
    const { what, advice } = troubleOf({ code: 'none', message })
    expect(what, code).toBe(message)
    expect(advice, code).not.toBe('')
  }
})

test('a failure kept with a run is told as the one that was thrown', () => {
  const kept = { code: 'TRAINING_DIVERGED', message: 'old words', data: { step: 12 } }
  expect(troubleOf(kept)).toMatchObject({
    what: 'The loss is no longer a number, or has grown beyond use.',
    particulars: ['step: 12'],
  })
})

test('an input outside its bounds names the field', () => {
  const data = { issues: [{ path: ['config', 'batch'], message: 'Too small' }] }
  expect(troubleOf(new ORPCError('BAD_REQUEST', { data })).particulars).toEqual(['config.batch: Too small'])
})

test('an unknown error still says something and what to do', () => {
  expect(troubleOf(new Error('socket closed'))).toMatchObject({ what: 'socket closed', code: 'UNKNOWN' })
  expect(troubleOf('odd').what).toBe('odd')
})
