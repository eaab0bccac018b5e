import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '@main/files/write-whole'
import type { RunId } from '@shared/ids'

/** The files of one run: runs/<id>/ in the project's folder. */
export class RunFolder {
  readonly path: string

  constructor(projectFolder: string, run: RunId) {
    this.path = join(projectFolder, 'runs', run)
  }

  /** The best model so far: weights and how to build the network around them. */
  get model(): string {
    return join(this.path, 'model')
  }

  /** The newest state of training, from which it can go on. */
  get last(): string {
    return join(this.path, 'last')
  }

  get features(): string {
    return join(this.path, 'features')
  }

  create(config: unknown): void {
    mkdirSync(this.path, { recursive: true })
    writeWhole(join(this.path, 'config.json'), `${JSON.stringify(config, null, 2)}\n`)
  }

  /** Adds a line to the run's log, with the time. */
  say(line: string, at = new Date()): void {
    mkdirSync(this.path, { recursive: true })
    appendFileSync(join(this.path, 'log.txt'), `${at.toISOString()} ${line}\n`)
  }

  log(): string[] {
    const file = join(this.path, 'log.txt')
    return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}
