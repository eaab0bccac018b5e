import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { owner } from '@shared/actor'
import { DataPlan, type DataReport } from '@shared/contract/interchange'
import type { PersonId } from '@shared/ids'
import type { z } from 'zod'
import type { Part } from '@main/interchange/format'
import { allFormats } from '@main/interchange/formats'
import { DataImportService } from '@main/interchange/import-service'
import { FormatRegistry } from '@main/interchange/registry'
import type { Source } from '@main/interchange/source/source'
import type { RowNote } from '@main/interchange/dataset'
import type { Project } from '@main/project/project'

/** A file that is only in memory, in pieces of `piece` bytes. */
export function aSource(name: string, content: string | Uint8Array, piece = 65_536): Source {
  const bytes = Buffer.from(content)
  return {
    name,
    size: bytes.length,
    isFolder: false,
    files: () => [],
    open: (path) => {
      throw new Error(`no file ${path}`)
    },
    stream: async function* () {
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
    },
  }
}

/** A folder of files in memory. */
export function aFolder(name: string, files: Readonly<Record<string, string | Uint8Array>>): Source {
  return {
    ...aSource(name, ''),
    isFolder: true,
    files: () => Object.keys(files).sort(),
    open: (path) => aSource(path.slice(path.lastIndexOf('/') + 1), files[path] ?? ''),
  }
}

/** What a format reads from a source, outside any project. */
export async function partsOf(
  format: string,
  source: Source,
  options: unknown = {},
): Promise<{ parts: Part[]; notes: RowNote[]; rows: number }> {
  const notes: RowNote[] = []
  const parts: Part[] = []
  let rows = 0
  const reading = {
    video: () => null,
    read: (count: number) => void (rows += count),
    note: (note: RowNote) => void notes.push(note),
    lose: () => {},
    signal: new AbortController().signal,
  }
  const { read } = new FormatRegistry(allFormats).get(format)
  for await (const part of read!(source, options, reading)) parts.push(part)
  return { parts, notes, rows }
}

/** Imports a text as a file of the project's folder. */
export async function importText(
  project: Project,
  {
    name,
    text,
    dryRun = false,
    by = owner.id,
    ...plan
  }: { name: string; text: string | Uint8Array; dryRun?: boolean; by?: PersonId } & z.input<typeof DataPlan>,
): Promise<DataReport> {
  const path = join(project.folder, name)
  writeFileSync(path, text)
  const service = new DataImportService({ project, formats: new FormatRegistry(allFormats), onChange: () => {} })
  return service.import(path, DataPlan.parse(plan), { by: dryRun ? null : by, signal: new AbortController().signal })
}
