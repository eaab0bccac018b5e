import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where `os.tmpdir()` looks, here and on Windows. */
const names = ['TMPDIR', 'TEMP', 'TMP'] as const

/** Whatever tests write for themselves lies in one folder that goes with them, also what those left that were killed. */
export default function setup(): () => void {
  const before = names.map((name) => [name, process.env[name]] as const)
  const folder = mkdtempSync(join(tmpdir(), 'whynot-run-'))
  // As open as the one it stands for: some tests go on as somebody who may do little.
  chmodSync(folder, 0o1777)
  for (const name of names) process.env[name] = folder
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name)
      else process.env[name] = value
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
