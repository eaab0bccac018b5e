import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { Progress } from '@shared/progress'
import { forAnnotators, forOwners } from './base'

/** The engine in use, and why this one. */
export const EngineReport = z.object({
  state: z.enum(['ready', 'installing', 'looking']),
  backend: z.enum(['tensorflow', 'wasm', 'cpu']).nullable(),
  version: z.string().nullable(),
  device: z.string().nullable(),
  /** One sentence: why this backend, and what would give a better one. */
  reason: z.string(),
  cores: z.int(),
  instructionSets: z.array(z.string()).default([]),
  progress: Progress.nullable().default(null),
})
export type EngineReport = z.infer<typeof EngineReport>

export const Doctor = z.object({
  studio: z.string(),
  engine: EngineReport,
  node: z.string(),
  sqlite: z.string(),
  media: z.object({
    decoder: z.string(),
    nodeAv: z.string().nullable(),
    ffmpeg: z.string().nullable(),
    reason: z.string(),
  }),
  browser: z.object({ path: z.string().nullable(), version: z.string().nullable() }),
  electron: z.object({ available: z.boolean(), reason: z.string() }),
  memory: z.object({ totalMb: z.number(), freeMb: z.number() }),
})
export type Doctor = z.infer<typeof Doctor>

export const FolderEntry = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'video', 'project', 'other']),
})

/**
 * What changed on disk, so that every open window can read it again. `trouble`: something nobody foresaw went wrong, and
 * the ids are those of its log entries.
 */
export const Change = z.object({
  area: z.enum([
    'project',
    'library',
    'annotation',
    'work',
    'campaigns',
    'guidelines',
    'jobs',
    'runs',
    'evaluations',
    'engine',
    'people',
    'machines',
    'trouble',
  ]),
  ids: z.array(z.string()).default([]),
})
export type Change = z.infer<typeof Change>

export const system = {
  doctor: forOwners.route({ method: 'GET', path: '/doctor', summary: 'What is in use, and why' }).output(Doctor),
  engine: forAnnotators.route({ method: 'GET', path: '/engine', summary: 'The engine in use' }).output(EngineReport),
  installEngine: forOwners
    .route({ method: 'POST', path: '/engine', summary: 'Install the native engine' })
    .output(EngineReport),
  browse: forOwners
    .route({ method: 'GET', path: '/folders', summary: 'Folders and videos on the machine of the studio' })
    .input(z.object({ path: z.string().optional() }))
    .output(z.object({ path: z.string(), parent: z.string().nullable(), entries: z.array(FolderEntry) })),
  changes: forAnnotators
    .route({ method: 'GET', path: '/changes', summary: 'A stream of what changed' })
    .output(eventIterator(Change)),
}
