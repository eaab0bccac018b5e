import { existsSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { RunId } from '@shared/ids'
import type { BegunWork } from '@main/runs/work'
import { RunFolder } from '@main/runs/run-folder'
import { settleFolder } from '@main/files/write-whole'

/** The files that a job reads, by their paths below the project's folder. */
export function neededFiles(project: string, { task, input }: BegunWork): string[] {
  const { run, rows } = input.bundle
  const splits = task === 'evaluation' ? [input.config.split] : task === 'explainer' ? ['train' as const] : bothSplits
  const videos = splits.flatMap((split) => rows[split].map(({ video }) => video.path))
  const models = [run.explains, run.startFrom, task === 'evaluation' || task === 'measureModel' ? run.id : null]
  const folders = models.flatMap((id) => (id ? [modelOf(project, id)] : []))
  const own = new RunFolder(project, run.id)
  if ('resume' in input && input.resume) folders.push(own.model, own.last)
  return [...new Set([...videos, ...folders.flatMap((folder) => filesIn(project, folder))])]
}

const bothSplits = ['train', 'test'] as const

function modelOf(project: string, run: RunId): string {
  return new RunFolder(project, run).model
}

function filesIn(project: string, folder: string): string[] {
  settleFolder(folder)
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(project, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}
