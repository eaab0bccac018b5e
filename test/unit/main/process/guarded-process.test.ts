import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { guarded } from '@main/process/guarded-process'
import { forkEntry } from '@main/process/process-channel'

test.runIf(process.platform === 'linux')(
  'a process that takes more memory than it may is ended, with how much',
  async () => {
    const entry = join(mkdtempSync(join(tmpdir(), 'whynot-greedy-')), 'greedy.mjs')
    writeFileSync(entry, 'const kept = []; setInterval(() => kept.push(Buffer.alloc(2e7, 1)), 10)')
    const channel = guarded(forkEntry(entry), 300e6)()
    const how = await new Promise<string>((resolve) => channel.onExit(resolve))
    expect(how).toBe('it took more than 300 MB of memory')
  },
)
