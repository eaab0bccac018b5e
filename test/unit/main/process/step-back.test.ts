import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const source = resolve(import.meta.dirname, '../../../../src/main/process/step-back.ts')

/** What a process of its own, which has threads already, says after it stepped back. */
function priorities(): { own: number; threads: number[] } {
  const script = `
    import { readFile } from 'node:fs/promises'
    import { readdirSync } from 'node:fs'
    import { getPriority } from 'node:os'
    import { stepBack } from ${JSON.stringify(source)}
    await readFile(${JSON.stringify(source)})
    stepBack()
    stepBack()
    const ids = process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : []
    process.stdout.write(JSON.stringify({ own: getPriority(), threads: ids.map((id) => getPriority(id)) }))`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  if (!stdout) throw new Error(stderr)
  return JSON.parse(stdout) as { own: number; threads: number[] }
}

test('all threads of a process let others go first, however often it steps back', () => {
  const { own, threads } = priorities()
  expect(own).toBeGreaterThanOrEqual(10)
  for (const priority of threads) expect(priority).toBe(own)
})
