import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AnnotationService } from '@main/annotation/annotation-service'
import { openProject } from '@main/project/project'
import { builtEntry } from '../support/built-entry'
import { aKeyframe, aProject } from '../support/project'
import { owner } from '@shared/actor'

let entry: string
beforeAll(async () => {
  entry = await builtEntry('test/support/editing.entry.ts')
})
afterAll(() => rmSync(dirname(entry), { recursive: true, force: true }))

/** Runs the editing process until it has answered `count` edits, then kills it in the middle of the next. */
function killedAfter(count: number, args: string[], whileRunning: () => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    let complaint = ''
    const answered = () => Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1) ?? 0)
    child.stderr.on('data', (text) => (complaint += text))
    child.stdout.on('data', (text) => {
      said += text
      if (child.killed || answered() < count) return
      whileRunning()
      child.kill('SIGKILL')
    })
    child.on('close', (code, signal) =>
      signal === 'SIGKILL' ? resolve(answered()) : reject(new Error(`exit ${code}: ${complaint}`)),
    )
  })
}

test('a process killed after 200 edits has lost none that was answered, and keeps nobody out', async () => {
  const { project, build, folder, remove } = aProject()
  const video = build.video({ record: { frames: 1_000_000, timestampsMs: [] } })
  const track = build.track(video, build.attribute('pole'), [aKeyframe(0)])
  project.close()

  const answered = await killedAfter(200, [folder, video, track], () =>
    expect(() => openProject(folder, { patienceMs: 0 })).toThrow(expect.objectContaining({ code: 'DATABASE_BUSY' })),
  )

  const again = openProject(folder, { patienceMs: 0 })
  const annotation = new AnnotationService(again, () => {})
  const kept = annotation.get(owner, video).tracks[0]!.keyframes.length - 1
  expect(answered).toBeGreaterThanOrEqual(200)
  // The one it was killed in may be whole or not there; it was never answered.
  expect([answered, answered + 1]).toContain(kept)
  for (let frame = kept; frame > 0; frame--) expect(annotation.undo(owner, video).frame).toBe(frame)
  expect(annotation.get(owner, video)).toMatchObject({ undo: null, tracks: [{ keyframes: [aKeyframe(0)] }] })
  again.close()
  remove()
})
