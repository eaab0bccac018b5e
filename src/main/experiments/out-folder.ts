import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '@shared/failures'
import { unfinishedEnding, writeWhole } from '@main/files/write-whole'
import { makeFolder } from '@main/files/make-folder'

/** The folder that results are written to: every file is whole or not there. */
export class OutFolder {
  /** Throws Failure FOLDER_NOT_WRITABLE. */
  constructor(readonly path: string) {
    this.tried(() => {
      makeFolder(path)
      // Of a program that was ended in the middle of a file.
      for (const name of readdirSync(path))
        if (name.endsWith(unfinishedEnding)) rmSync(join(path, name), { force: true })
    })
  }

  has(name: string): boolean {
    return existsSync(join(this.path, name))
  }

  /** The text of a file; null where there is none. */
  read(name: string): string | null {
    return this.has(name) ? readFileSync(join(this.path, name), 'utf8') : null
  }

  /** Writes beside and renames into place. Throws Failure FOLDER_NOT_WRITABLE. */
  write(name: string, text: string): string {
    const file = join(this.path, name)
    this.tried(() => {
      writeWhole(file, text)
    })
    return file
  }

  private tried(action: () => void): void {
    try {
      action()
    } catch (error) {
      if (error instanceof Failure) throw error
      const reason = error instanceof Error ? error.message : String(error)
      throw new Failure('FOLDER_NOT_WRITABLE', { path: this.path, reason }, { cause: error })
    }
  }
}
