// `npm run bench -- NAME [--json]`: runs bench/NAME.ts, which exports `bench(say)` and returns its measurements.
import { existsSync, readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { onRightNode } from '../scripts/right-node.mjs'

if (onRightNode(import.meta.filename)) process.exitCode = await main(process.argv.slice(2))

async function main(words) {
  const name = words.find((word) => !word.startsWith('--'))
  const json = words.includes('--json')
  if (!name || !existsSync(join(import.meta.dirname, `${name}.ts`))) {
    const names = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.ts'))
    console.error('Say which: npm run bench -- NAME [--json], with one of these names:')
    for (const file of names) console.error(`  ${file.slice(0, -3)}`)
    return 2
  }
  const { withSources } = await import('../scripts/sources.mjs')
  const say = (line) => process.stderr.write(`${line}\n`)
  const measured = await withSources(async (load) => (await load(`bench/${name}.ts`)).bench(say))
  const machine = { processor: cpus()[0]?.model.trim() ?? process.arch, cores: cpus().length, node: process.version }
  console.log(JSON.stringify({ bench: name, machine, ...measured }, null, json ? 0 : 2))
  return 0
}
