import { expect, test } from 'vitest'
import { runRows } from '@renderer/views/train/run-rows'
import { resultWords, stateOfAll, statesWords } from '@renderer/views/train/sweep-words'
import { aRun } from '../../../../support/fake-api'
import { aSweep } from '../../../../support/fake-sweeps'

const sweep = aSweep(1)
const member = (index: number, of = {}) => aRun(index, { sweep: sweep.id, ...of })
const newest = [aRun(9), member(3), member(2), aRun(1)]

test('a sweep is one row where its newest run stands, and opens to its runs in the order they were started', () => {
  expect(runRows(newest, [sweep], new Set()).map(({ key }) => key)).toEqual(['r9', 's1', 'r1'])
  const open = runRows(newest, [sweep], new Set([sweep.id]))
  expect(open.map(({ key }) => key)).toEqual(['r9', 's1', 'r2', 'r3', 'r1'])
  expect(open.map((row) => row.is === 'run' && row.within)).toEqual([false, false, true, true, false])
})

test('runs of a sweep that is not known yet stand alone', () => {
  expect(runRows(newest, [], new Set()).map(({ key }) => key)).toEqual(['r9', 'r3', 'r2', 'r1'])
})

test('what goes on is the state of all, then what went wrong', () => {
  expect(stateOfAll([member(1), member(2, { state: 'running' })])).toBe('running')
  expect(stateOfAll([member(1), member(2, { state: 'failed' })])).toBe('failed')
  expect(statesWords([member(1), member(2), member(3, { state: 'queued' })])).toBe('1 queued, 2 done')
})

test('seeds are shown as mean and spread, settings as the best', () => {
  const runs = [0.8, 1].map((testAccuracy, i) => member(i, { headline: { testAccuracy } }))
  expect(resultWords(sweep, runs)).toBe('1.000')
  expect(resultWords({ axes: [{ field: 'seed', values: [1, 2] }] }, runs)).toBe('0.900 ± 0.141')
  expect(resultWords(sweep, [])).toBe('–')
})
