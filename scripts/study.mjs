// `npm run study`: the questions of the method that docs/results.md answers, case by case and seed by seed. Every case is
// a file of its own in the results' folder, so that a run that was stopped goes on where it was.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { onRightNode } from './right-node.mjs'

const help = `Usage: npm run study -- <study> --out <folder> [--seeds 0,1,2] [--only <case>] [--json]

  <study>   size      112x112x16 with a grid of 14x14 or 7x7 cells, fine-tuned or not, features pooled or not
            tiers     T1 and T2 with every baseline
            pairs     classes that differ in two attributes: own, exclude, iterate, each beside random tubes
            variants  attributes that vary within a class: does the answer follow the clip?
            layers    one to three fully connected layers (Table 4)
            memory    one epoch at the paper's settings over 48 clips: time, and memory beside the budgets
  --out     folder for the results; cases that are there already are not run again
  --seeds   seeds to run, with commas between
  --only    one case of the study
  --json    print one JSON object`

if (onRightNode(import.meta.filename)) process.exitCode = await main()

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      seeds: { type: 'string', default: '0,1,2' },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const [study] = positionals
  const seeds = values.seeds.split(',').map(Number)
  const wrong = !study || !values.out || seeds.some((seed) => !Number.isInteger(seed) || seed < 0)
  if (values.help || wrong) {
    console.log(help)
    return values.help ? 0 : 2
  }
  const { withSources } = await import('./sources.mjs')
  const out = resolve(values.out)
  mkdirSync(out, { recursive: true })
  const rows = await withSources(async (load) => {
    const { studyCases } = await load('src/main/sample/study/studies.ts')
    const own = studyCases.filter((one) => one.study === study && (!values.only || one.name === values.only))
    if (own.length === 0) throw new Error(`There is no such case; the studies are: ${namesOf(studyCases)}`)
    const { openEngine } = await load('src/main/learning/engine/index.ts')
    const { overSeeds } = await load('src/main/sample/over-seeds.ts')
    const results = await runAll({ own, seeds, out, openEngine })
    const names = [...new Set(results.flatMap((result) => Object.keys(result.rows)))]
    return Object.fromEntries(
      names.map((name) => [name, overSeeds(results.flatMap((result) => result.rows[name] ?? []))]),
    )
  })
  if (values.json) console.log(JSON.stringify({ study, seeds, rows }))
  else print(rows)
  return 0
}

async function runAll({ own, seeds, out, openEngine }) {
  let engine
  const results = []
  for (const seed of seeds) {
    for (const one of own) {
      const file = join(out, `${one.study}-${one.name}-${seed}.json`)
      if (existsSync(file)) {
        results.push(JSON.parse(readFileSync(file, 'utf8')))
        continue
      }
      engine ??= await openEngine()
      const from = performance.now()
      const rows = await one.run(seed)
      const seconds = Math.round((performance.now() - from) / 1000)
      const result = { study: one.study, case: one.name, seed, seconds, engine, rows }
      writeFileSync(`${file}.new`, `${JSON.stringify(result, null, 1)}\n`)
      renameSync(`${file}.new`, file)
      process.stderr.write(`${one.study} ${one.name}, seed ${seed}: ${seconds} s\n`)
      results.push(result)
    }
  }
  return results
}

const namesOf = (cases) => cases.map(({ study, name }) => `${study} ${name}`).join(', ')

function print(rows) {
  for (const [row, numbers] of Object.entries(rows)) {
    console.log(row)
    for (const [key, { mean, low, high }] of Object.entries(numbers))
      console.log(`  ${key.padEnd(26)} ${mean.toFixed(3)}  (${low.toFixed(3)} to ${high.toFixed(3)})`)
  }
}
