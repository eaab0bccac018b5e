import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '@main/files/write-whole'

/** Which project was open when the studio ended: those who work in it find it open again. */
export class LastProject {
  private readonly file: string

  /** @param home the configuration folder, made when something is first written */
  constructor(private readonly home: string) {
    this.file = join(home, 'last-project')
  }

  /** Its folder; null where the project was closed by somebody, or none ever was open. */
  folder(): string | null {
    try {
      return readFileSync(this.file, 'utf8') || null
    } catch {
      return null
    }
  }

  /** @returns why it could not be kept, null where it was: a convenience, and no reason for the project not to open */
  keep(folder: string | null): unknown {
    try {
      if (folder === null) rmSync(this.file, { force: true })
      else {
        mkdirSync(this.home, { recursive: true })
        writeWhole(this.file, folder)
      }
      return null
    } catch (error) {
      return error
    }
  }
}
