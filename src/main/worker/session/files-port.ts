import { join } from 'node:path'
import type { RunId } from '@shared/ids'
import type { FilesPlace } from '@main/runs/bundle'
import { RunFolder } from '@main/runs/run-folder'

/** A file of a project by its path below the project's folder, with `/`, and by what is in it where that is known. */
export interface FileRef {
  path: string
  sha256?: string
}

/** How a worker comes by the files that a bundle names, wherever they lie. */
export interface FilesPort {
  /** Where a file can be read on this machine; fetched first where it lies elsewhere. */
  local(file: FileRef): Promise<string>
  /** The files of a run: what is there, and where results go. */
  run(id: RunId): RunFolder
}

/** Opens the files of a bundle. */
export function openFiles(place: FilesPlace): FilesPort {
  return new LocalFiles(place.path)
}

/** Files in a folder of this machine. */
class LocalFiles implements FilesPort {
  constructor(private readonly folder: string) {}

  async local({ path }: FileRef): Promise<string> {
    return join(this.folder, path)
  }

  run(id: RunId): RunFolder {
    return new RunFolder(this.folder, id)
  }
}

/** Rows whose videos can be read on this machine. */
export function localRows<Row extends { video: { path: string } }>(
  files: FilesPort,
  rows: readonly Row[],
): Promise<Row[]> {
  return Promise.all(
    rows.map(async (row) => ({ ...row, video: { ...row.video, path: await files.local({ path: row.video.path }) } })),
  )
}
