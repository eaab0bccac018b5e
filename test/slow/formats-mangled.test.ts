import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { DataPlan, type DataReport } from '@shared/contract/interchange'
import { owner } from '@shared/actor'
import { Failure } from '@shared/failures'
import { allFormats } from '@main/interchange/formats'
import { contentsOf } from '@main/interchange/contents'
import { DataImportService } from '@main/interchange/import-service'
import { FormatRegistry } from '@main/interchange/registry'
import type { Project } from '@main/project/project'
import { aProject } from '../support/project'
import { anyChanges, soundFiles, writeMangled } from '../support/sound-files'
import { Watchdog } from '../support/watchdog'

// One format: `npm run slow -- formats-mangled -t "the format cvat "`. WHYNOT_MANGLED says how many of each.
const files = await soundFiles()
const count = Number(process.env.WHYNOT_MANGLED ?? 2_000)
const folder = mkdtempSync(join(tmpdir(), 'whynot-mangled-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Slower than this for a file of some kilobytes is a hang. */
const mostMs = 10_000
/** Of one time through the files; a hang within the reader itself is seen from outside. */
const hangMs = 30_000

test.each([...files.keys()])(
  'mangled files of the format %s end in a whole import or a sentence; one step back leaves the project as it was',
  async (name) => {
    await using dog = new Watchdog(hangMs)
    const made = aProject()
    const { project } = made
    try {
      fill(made)
      const service = new DataImportService({ project, formats: new FormatRegistry(allFormats), onChange: () => {} })
      const before = said(project)
      const plan = DataPlan.parse({ format: name.split(' ')[0], existing: 'replace' })
      const seen = { whole: 0, inPart: 0, refused: 0, slowestMs: 0, tries: 0 }
      const property = fc.asyncProperty(anyChanges, async (changes) => {
        dog.step((seen.tries += 1))
        const path = await writeMangled(files.get(name)!, changes, folder)
        const started = performance.now()
        try {
          const report = await service.import(path, plan, { by: owner.id, signal: new AbortController().signal })
          seen[report.rows.skipped + report.rows.outOfRange > 0 ? 'inPart' : 'whole'] += 1
          expectThere(project, report)
          if (report.step !== null) project.history.undo({ scope: 'library', person: owner.id })
        } catch (error) {
          seen.refused += 1
          expect(error).toBeInstanceOf(Failure)
        }
        const took = performance.now() - started
        seen.slowestMs = Math.max(seen.slowestMs, Math.ceil(took))
        expect(took).toBeLessThan(mostMs)
        expect(said(project)).toBe(before)
      })
      await fc.assert(property, { numRuns: count, endOnFailure: true })
      const { whole, inPart, refused, slowestMs } = seen
      console.log(`${name}: ${whole} read whole, ${inPart} in part, ${refused} refused; slowest ${slowestMs} ms`)
    } finally {
      made.remove()
    }
  },
)

/** Videos that the files mean, each with an answer that an import may put its own in the place of. */
function fill({ build }: ReturnType<typeof aProject>): void {
  const pole = build.attribute('pole')
  for (const name of ['clip', 'a, b', 'v_Basketball_g01_c01', 'abc']) {
    const video = build.video({ name, class: null, record: { frames: 40, width: 200, height: 180, fps: 25 } })
    build.label(video, pole, 'absent')
  }
}

/** All that files can change of a project. */
function said({ repositories }: Project): string {
  const { videos, classes, attributes } = contentsOf(repositories)
  return JSON.stringify([classes, attributes, [...videos()]])
}

/** That all of what the report counts is in the project: nothing is half there. */
function expectThere({ repositories }: Project, { tracks, keyframes, newClasses, newAttributes }: DataReport): void {
  const stored = repositories.tracks.ofVideos(repositories.videos.all().map(({ id }) => id))
  expect(stored.length).toBe(tracks)
  expect(stored.reduce((sum, track) => sum + track.keyframes.length, 0)).toBe(keyframes)
  expect(repositories.classes.rows().map(({ name }) => name)).toEqual(expect.arrayContaining(newClasses))
  expect(repositories.attributes.rows().map(({ name }) => name)).toEqual(expect.arrayContaining(newAttributes))
}
