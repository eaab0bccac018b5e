import { ORPCError, ValidationError } from '@orpc/server'
import { expect, test } from 'vitest'
import { contractError } from '@main/api/failures'
import { Failure } from '@shared/failures'

const told: unknown[] = []
const map = (error: unknown) => contractError(error, 'library.videos', (unknown) => `id${told.push(unknown)}`)

test('a failure of the catalogue keeps code, status, sentence and data', () => {
  const error = map(new Failure('CLASS_EMPTY', { classes: ['kick'] }))
  expect(error).toMatchObject({ defined: true, code: 'CLASS_EMPTY', status: 422, data: { classes: ['kick'] } })
  expect(error.message).toMatch(/^A class has no training videos/)
})

test('an input outside its bounds names the setting', () => {
  const issues = [{ message: 'Too small', path: ['config', { key: 'size' }] }]
  const cause = new ValidationError({ message: 'invalid', issues, data: {} })
  expect(map(new ORPCError('BAD_REQUEST', { cause }))).toMatchObject({
    code: 'BAD_SETTING',
    data: { setting: 'config.size', reason: 'Too small' },
  })
})

test('what nobody foresaw gets the id of its log entry', () => {
  expect(map(new TypeError('odd'))).toMatchObject({ code: 'INTERNAL', status: 500, data: { id: 'id1', reason: 'odd' } })
  expect(told).toHaveLength(1)
})
