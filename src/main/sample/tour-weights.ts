import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MetricPoint, type Run, RunKind } from '@shared/contract/learning'
import { z } from 'zod'
import { resourceFolder } from '@main/files/resource-folder'
import type { Project } from '@main/project/project'
import { RunFolder } from '@main/runs/run-folder'
import type { RunService } from '@main/runs/run-service'

/** run.json beside a shipped model: how it was trained, and its curves. */
export const ShippedRun = z.object({
  kind: RunKind,
  name: z.string(),
  preset: z.string(),
  config: z.unknown(),
  classes: z.array(z.string()),
  attributes: z.array(z.string()),
  trainVideos: z.int(),
  testVideos: z.int(),
  headline: z.record(z.string(), z.number()),
  engine: z.string(),
  metrics: z.array(MetricPoint),
})
export type ShippedRun = z.infer<typeof ShippedRun>

/** Keeps the models of a tour as the quick tour ships them: a folder each with weights, how to build around them, and its run. */
export function saveTourWeights(
  { project, runs }: { project: Project; runs: RunService },
  trained: Readonly<Record<RunKind, Run>>,
  folder: string,
): void {
  mkdirSync(folder, { recursive: true })
  for (const kind of RunKind.options) {
    const run = trained[kind]
    const to = join(folder, kind)
    rmSync(to, { recursive: true, force: true })
    cpSync(new RunFolder(project.folder, run.id).model, to, { recursive: true })
    const shipped: ShippedRun = { ...run, metrics: runs.metrics(run.id) }
    writeFileSync(join(to, 'run.json'), `${JSON.stringify(ShippedRun.parse(shipped))}\n`)
  }
}

/** The shipped model of a kind: its folder, and the run that made it. */
export function shippedRun(kind: RunKind): { folder: string; run: ShippedRun } {
  const folder = join(resourceFolder('tour'), kind)
  return { folder, run: ShippedRun.parse(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))) }
}
