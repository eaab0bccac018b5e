import { mkdirSync, renameSync, rmSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CommitQueue } from '@main/project/commit-queue'
import { Failure } from '@shared/failures'
import { aProject } from '../../../support/project'

let made: ReturnType<typeof aProject>
beforeEach(() => (made = aProject()))
afterEach(() => made.remove())

const names = () => made.project.repositories.classes.rows().map(({ name }) => name)
const write = (name: string) => made.project.write(() => made.build.class(name))

test('what is written at the same time goes into one commit, and each is answered after it', async () => {
  const commits: number[] = []
  let inIt = 0
  const queue = new CommitQueue((action) => {
    inIt = 0
    action()
    commits.push(inIt)
  })
  const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => queue.write(() => (inIt++, i))))
  expect(commits).toEqual([50])
  expect(answers).toEqual(Array.from({ length: 50 }, (_, i) => i))
})

test('of a commit only what failed is taken back, and only its writer is told', async () => {
  const results = await Promise.allSettled([
    write('Ollie'),
    made.project.write(() => {
      made.build.class('Nollie')
      throw new Failure('NOT_FOUND', { kind: 'class', id: 'x' })
    }),
    write('Kickflip'),
  ])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(names()).toEqual(['Kickflip', 'Ollie'])
})

test('while another program holds the file a write waits, reads go on, and it is written when the file is free', async () => {
  const other = new Sqlite(made.project.paths.database)
  other.exec('begin immediate')
  const writing = write('Ollie')
  const longest = await stalls(300, () => expect(names()).toEqual([]))
  other.exec('rollback')
  other.close()
  await writing
  expect(names()).toEqual(['Ollie'])
  // Who waited for the lock itself would do nothing else for 3 s.
  expect(longest).toBeLessThan(2_500)
})

test('a file that stays in other hands ends the wait in words', async () => {
  const busy = new Failure('DATABASE_BUSY', { path: '/p' })
  const options = { patienceMs: 30, pauseMs: 5 }
  const queue = new CommitQueue(() => {
    throw busy
  }, options)
  await expect(queue.write(() => 1)).rejects.toBe(busy)
})

test('nothing is answered as saved that goes into a folder which is gone, and it goes on when the folder is back', async () => {
  const aside = `${made.folder}-aside`
  renameSync(made.folder, aside)
  await expect(write('Ollie')).rejects.toMatchObject({ code: 'PROJECT_GONE' })
  mkdirSync(made.folder)
  await expect(write('Ollie')).rejects.toMatchObject({ code: 'PROJECT_GONE' })
  rmSync(made.folder, { recursive: true })
  renameSync(aside, made.folder)
  await write('Kickflip')
  expect(names()).toEqual(['Kickflip'])
})

/** The longest time the process was busy with one thing, ms, while `look` is called again and again. */
async function stalls(forMs: number, look: () => void): Promise<number> {
  const until = performance.now() + forMs
  let longest = 0
  for (let last = performance.now(); last < until;) {
    await new Promise((next) => setTimeout(next, 5))
    look()
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }
  return longest
}
