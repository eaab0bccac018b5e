import { expect, test } from 'vitest'
import { newId } from '@main/store/database/new-id'
import { VideoId } from '@shared/ids'

test('ids are twenty signs, none twice, and those of one process sort by age from thousandth to thousandth of a millisecond', () => {
  const made = Array.from({ length: 500 }, () => {
    const until = performance.now() + 0.002
    while (performance.now() < until);
    return newId(VideoId)
  })
  for (const id of made) expect(id).toMatch(/^[0-9a-z]{20}$/)
  expect(new Set(made).size).toBe(made.length)
  expect([...made].sort()).toEqual(made)
  const at = parseInt(made[0]!.slice(0, 9), 36)
  expect(Math.abs(at - Date.now())).toBeLessThan(60_000)
})
