// `npm run figures`: the tables of the docs, made from the results that are kept in docs/figures.
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { project } from './built.mjs'
import { onRightNode } from './right-node.mjs'
import { optionsOr } from './script-options.mjs'

const help = `Usage: npm run figures [-- --keep <file> [--command <text>] [--machine <text>] [--date <day>]] [-- --check]

  writes the tables between <!-- figure: name --> and <!-- end --> in README.md and docs/results.md
  --keep     first keep this result, as a study or the tour printed it with --json
  --command  what was run, where the result does not tell
  --machine  what it ran on; the processors of this machine when left out
  --date     the day it ran; today when left out
  --check    write nothing; say what is stale, with exit code 1`

if (onRightNode(import.meta.filename)) process.exitCode = await main()

async function main() {
  const { values, problem } = optionsOr({
    options: {
      keep: { type: 'string' },
      command: { type: 'string' },
      machine: { type: 'string' },
      date: { type: 'string' },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (problem || values.help) {
    process.stderr.write(`${problem ? `${problem}\n\n` : ''}${help}\n`)
    return problem ? 2 : 0
  }
  const root = fileURLToPath(project)
  const { withSources } = await import('./sources.mjs')
  return withSources(async (load) => {
    const { keepFigure, staleFigures, writeFigures } = await load('src/main/studies/figures/figures.ts')
    if (values.check) {
      const stale = staleFigures(root)
      for (const line of stale) console.log(line)
      return stale.length > 0 ? 1 : 0
    }
    if (values.keep) console.log(`kept docs/figures/${keep(keepFigure, root, values)}.json`)
    for (const page of writeFigures(root)) console.log(`wrote ${page}`)
    return 0
  })
}

function keep(keepFigure, root, { keep: file, command, machine, date }) {
  const [{ model } = { model: 'unknown processors' }] = cpus()
  const about = {
    machine: machine ?? `${cpus().length} cores (${model})`,
    date: date ?? new Date().toISOString().slice(0, 10),
    ...(command ? { command } : {}),
  }
  return keepFigure(root, JSON.parse(readFileSync(file, 'utf8')), about)
}
