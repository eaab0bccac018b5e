import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Failure } from '@shared/failures'
import { makeFolder } from '@main/files/make-folder'
import { writeWhole } from '@main/files/write-whole'
import { Command } from 'commander'
import { ownClient } from '@main/api/own-client'
import type { Studio } from '@main/studio'
import { type TourSteps, runTour, tourSummary } from '@main/hosts/terminal/kit/measured-tour'
import { tourPage } from '@main/report/pages'
import { saveTourWeights } from '@main/sample/tour-weights'
import { type OpenStudio, follow, withStudio } from '@main/hosts/terminal/kit/studio-session'
import { tableOf } from '@main/hosts/terminal/kit/table'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

interface TourOptions {
  out?: string
  seed: string
  json?: boolean
  saveWeights?: string
}

/** `whynot tour`: the whole path on the sample data set, through the same jobs as in the studio. */
export function tourCommand(terminal: Terminal, open: OpenStudio): Command {
  return new Command('tour')
    .description('Make the sample data set, train both models, explain, evaluate, and write a report')
    .option('--out <folder>', 'where the project and the report go; a temporary folder when left out')
    .option('--seed <number>', 'same seed, same numbers', '0')
    .option('--json', 'print one JSON object')
    .option('--save-weights <folder>', "also keep the two trained models there, as the studio's quick tour ships them")
    .action((options: TourOptions) => withStudio(open, (studio) => tour(terminal, studio, options)))
}

async function tour(terminal: Terminal, studio: Studio, options: TourOptions): Promise<void> {
  const seed = Number(options.seed)
  if (!Number.isInteger(seed) || seed < 0)
    throw new Failure('BAD_SETTING', { setting: '--seed', reason: 'It takes a whole number from 0.' })
  const out = outFolder(terminal, options)
  const from = performance.now()
  await studio.create(freeFolder(out), 'Tour')
  const say = (line: string) => {
    if (!options.json) terminal.say(line)
  }
  const api = ownClient(studio)
  const steps: TourSteps = {
    follow: async (job, label) => {
      const began = performance.now()
      await follow(api, job, terminal)
      say(`${label} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
    },
  }
  const result = await runTour(studio.workspace(), { seed, steps, signal: terminal.interrupted })
  if (options.saveWeights) saveTourWeights(studio.workspace(), result, resolve(terminal.cwd, options.saveWeights))
  const report = join(out, 'report.html')
  const seconds = (performance.now() - from) / 1000
  const summary = { ...tourSummary(result, { seconds, engine: studio.engine.report() }), report }
  const { columns, config } = result.evaluation
  const { trainVideos: train, testVideos: test } = result.classifier
  const { classifier } = summary
  const about = { columns, config, classifier, seconds, seed, engine: studio.engine.report(), videos: { train, test } }
  writeWhole(report, tourPage({ ...about, examples: result.examples }))
  if (options.json) return terminal.json(summary)
  for (const line of tableOf(columns)) say(line)
  say(
    `Classifier test accuracy ${classifier.testAccuracy?.toFixed(3) ?? 'not measured'}; ${seconds.toFixed(0)} s in all.`,
  )
  say(`Report: ${report}`)
}

function outFolder({ cwd }: Terminal, { out }: TourOptions): string {
  if (out === undefined) return mkdtempSync(join(tmpdir(), 'whynot-tour-'))
  const folder = resolve(cwd, out)
  makeFolder(folder)
  return folder
}

/** An earlier tour's project is somebody's; it is left alone. */
function freeFolder(out: string): string {
  for (let n = 1; ; n++) {
    const folder = join(out, n === 1 ? 'project' : `project-${n}`)
    if (!existsSync(folder)) return folder
  }
}
