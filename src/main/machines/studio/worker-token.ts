import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What workers show to be let in: one for every start of this studio, in a file that its user alone can read. */
export class WorkerToken {
  private constructor(readonly value: string) {}

  static in(home: string): WorkerToken {
    const file = join(home, 'worker-token')
    if (!existsSync(file)) {
      mkdirSync(home, { recursive: true })
      writeFileSync(file, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flush: true })
    }
    return new WorkerToken(readFileSync(file, 'utf8').trim())
  }

  is(shown: string): boolean {
    const digest = (text: string) => createHash('sha256').update(text).digest()
    return this.value !== '' && timingSafeEqual(digest(shown), digest(this.value))
  }
}
