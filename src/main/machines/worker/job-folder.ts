import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { RunId } from '@shared/ids'
import { z } from 'zod'
import { hashOfFile } from '@main/files/hash-of-file'
import { RunFolder } from '@main/runs/run-folder'

/** What model.json says that matters on the way: the state it is of, and what the files beside it are. */
const About = z.object({ epoch: z.number().nullish(), sha256: z.record(z.string(), z.string()).default({}) })

export interface SnapshotFile {
  path: string
  file: string
  bytes: number
  sha256: string
}

/** The folders of a run as they were at one moment. */
export interface Snapshot {
  folders: { name: 'model' | 'last'; files: SnapshotFile[] }[]
  /** Of the state from which training would go on; null where it has none. */
  epoch: number | null
}

const names = ['model', 'last'] as const

/** A job's own folder on a worker's machine: it looks like the project's, and holds what the job needs and what it makes. */
export class JobFolder {
  private taken = 0

  constructor(readonly path: string) {
    rmSync(path, { recursive: true, force: true })
    mkdirSync(path, { recursive: true })
  }

  /** Lays a file of the cache where the project has it. Models are copied, since training replaces their files. */
  put(path: string, cached: string): void {
    const file = join(this.path, path)
    mkdirSync(dirname(file), { recursive: true })
    if (path.startsWith('runs/')) return copyFileSync(cached, file)
    try {
      linkSync(cached, file)
    } catch {
      // On another disk, or where files have one name only.
      copyFileSync(cached, file)
    }
  }

  /** Features of a classifier, which many explanations need, are kept beyond the job. */
  keepFeatures(classifier: RunId, kept: string): void {
    const { features, path } = new RunFolder(this.path, classifier)
    mkdirSync(kept, { recursive: true })
    mkdirSync(path, { recursive: true })
    symlinkSync(kept, features, 'junction')
  }

  /** The files of a run as they are now; null where they are being replaced at this moment. */
  async snapshot(run: RunId): Promise<Snapshot | null> {
    const beside = join(this.path, 'sent', String(this.taken++))
    const folders: Snapshot['folders'] = []
    let epoch: number | null = null
    for (const name of names) {
      const files = await this.taking(new RunFolder(this.path, run)[name], join(beside, name))
      if (!files) return null
      folders.push({ name, files })
      if (files.length > 0 && name === 'last') epoch = aboutIn(join(beside, name))?.epoch ?? null
    }
    return { folders, epoch }
  }

  /** Forgets the snapshots. */
  clearSnapshots(): void {
    rmSync(join(this.path, 'sent'), { recursive: true, force: true })
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }

  /** Null where the files are not those that model.json speaks of. */
  private async taking(folder: string, beside: string): Promise<SnapshotFile[] | null> {
    try {
      const files: SnapshotFile[] = []
      for (const path of filesIn(folder)) {
        const file = join(beside, path)
        mkdirSync(dirname(file), { recursive: true })
        linkOrCopy(join(folder, path), file)
        files.push({ path, file, bytes: statSync(file).size, sha256: await hashOfFile(file) })
      }
      const wanted = files.length > 0 ? aboutIn(beside)?.sha256 : {}
      const isWhole = wanted && Object.entries(wanted).every(([name, hash]) => isThere(files, name, hash))
      return isWhole ? files : null
    } catch {
      return null
    }
  }
}

function isThere(files: readonly SnapshotFile[], name: string, hash: string): boolean {
  return files.some(({ path, sha256 }) => path === name && sha256 === hash)
}

function aboutIn(folder: string): z.infer<typeof About> | null {
  const file = join(folder, 'model.json')
  return existsSync(file) ? About.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to)
  }
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
}
