import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { DataPlan } from '@shared/contract/interchange'
import { owner } from '@shared/actor'
import { Failure } from '@shared/failures'
import { allFormats } from '@main/interchange/formats'
import { contentsOf } from '@main/interchange/contents'
import { DataImportService } from '@main/interchange/import-service'
import { FormatRegistry } from '@main/interchange/registry'
import { aProject } from '../support/project'
import { anyChanges, soundFiles, writeMangled } from '../support/sound-files'

const files = await soundFiles()
const folder = mkdtempSync(join(tmpdir(), 'whynot-mangled-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Slower than this for a file of some kilobytes is a hang. */
const mostMs = 10_000

test.each([...files.keys()])(
  '2,000 mangled files of the format %s end in a report or a sentence; one step back leaves the project as it was',
  async (name) => {
    const made = aProject()
    const { project, build } = made
    try {
      const pole = build.attribute('pole')
      for (const called of ['clip', 'a, b', 'v_Basketball_g01_c01', 'abc']) {
        const video = build.video({
          name: called,
          class: null,
          record: { frames: 40, width: 200, height: 180, fps: 25 },
        })
        build.label(video, pole, 'absent')
      }
      const service = new DataImportService({ project, formats: new FormatRegistry(allFormats), onChange: () => {} })
      const now = () => JSON.stringify([...contentsOf(project.repositories).videos()])
      const before = now()
      const plan = DataPlan.parse({ format: name.split(' ')[0], existing: 'replace' })
      let [taken, refused] = [0, 0]
      await fc.assert(
        fc.asyncProperty(anyChanges, async (changes) => {
          const path = await writeMangled(files.get(name)!, changes, folder)
          const started = Date.now()
          try {
            await service.import(path, plan, { by: owner.id, signal: new AbortController().signal })
            taken += 1
            project.history.undo({ scope: 'library', person: owner.id })
          } catch (error) {
            refused += 1
            expect(error).toBeInstanceOf(Failure)
          }
          expect(now()).toBe(before)
          expect(Date.now() - started).toBeLessThan(mostMs)
        }),
        { numRuns: 2_000 },
      )
      console.log(`${name}: ${taken} read in part or whole, ${refused} refused`)
    } finally {
      made.remove()
    }
  },
)
