// `npm run study`: the questions of the method that docs/results.md answers, case by case and seed by seed. Every case is
// a file of its own in the results' folder, so that a run that was stopped goes on where it was.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt, project } from './built.mjs'
import { optionsOr, seedsOf } from './script-options.mjs'
import { onRightNode } from './right-node.mjs'

const help = `Usage: npm run study -- <study> [--out <folder>] [--seeds 0,1,2] [--only <case>] [--videos <folder>] [--json]

  <study>   size      112x112x16 with a grid of 14x14 or 7x7 cells, fine-tuned or not, features pooled or not
            tiers     T1 and T2 with every baseline
            pairs     classes that differ in two attributes: own, exclude, placed, iterate, beside random tubes
            variants  attributes that vary within a class: does the answer follow the clip, with presence and without?
            evidence  all pairs of classes: is a card called evidence where there is none, or not where there is?
            campaigns people whose ways are known: are they ranked right, and is the consensus better than they are?
            yoga6     six poses filmed of real people, trained on some and tested on others: needs --videos
            skateboards  two tricks filmed at 18 places, whole places at a time for the test: needs --videos
            layers    one to three fully connected layers (Table 4)
            memory    one epoch at the paper's settings over 48 clips: time, and memory beside the budgets
  --out     folder for the results; cases that are there already are not run again, nor are classifiers that were
            trained for them. A temporary one when left out
  --seeds   seeds to run, with commas between
  --only    one case of the study
  --videos  folder with the folders of real clips (yoga6, skateboardml), which are not part of the studio
  --labels  folder with their answers and boxes; test/fixtures/<study> when left out
  --json    print one JSON object`

if (onRightNode(import.meta.filename)) process.exitCode = await main()

async function main() {
  const { values, positionals, problem } = optionsOr({
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      seeds: { type: 'string', default: '0,1,2' },
      only: { type: 'string' },
      videos: { type: 'string' },
      labels: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (problem) return refuse(problem)
  if (values.help) {
    console.log(help)
    return 0
  }
  const [study, ...more] = positionals
  const seeds = seedsOf(values.seeds)
  if (!study) return refuse('Name a study.')
  if (more.length > 0) return refuse(`One study at a time; given as well: ${more.join(', ')}.`)
  if (!seeds) return refuse(`--seeds takes whole numbers with commas between, and was given "${values.seeds}".`)
  const { withSources } = await import('./sources.mjs')
  const out = values.out ? resolve(values.out) : mkdtempSync(join(tmpdir(), 'whynot-study-'))
  const found = await withSources(async (load) => {
    const { studyCases } = await load('src/main/studies/studies.ts')
    const own = studyCases.filter((one) => one.study === study && (!values.only || one.name === values.only))
    if (own.length === 0) return void refuse(`There is no such case. There are: ${namesOf(studyCases)}.`)
    const blocked = blockedFolder(out)
    if (blocked) return void process.stderr.write(`${blocked}\n`)
    const places = own.some(({ real }) => real) ? realPlaces(values, { study, out }) : undefined
    if (places?.missing) return void refuse(places.missing)
    const { openEngine } = await load('src/main/learning/engine/open-engine.ts')
    const { methodVersion } = await load('src/shared/method-version.ts')
    const { meansOf, overSeeds } = await load('src/main/studies/over-seeds.ts')
    const results = await runAll({ own, seeds, out, openEngine, places })
    const tables = apart(results)
    const names = [...new Set(tables.flatMap(Object.keys))]
    const rows = Object.fromEntries(names.map((name) => [name, overSeeds(tables.flatMap((one) => one[name] ?? []))]))
    const means = Object.fromEntries(names.map((name) => [name, meansOf(rows[name])]))
    return {
      methodVersion,
      rows,
      headline: Object.assign({}, ...own.map((one) => one.headline?.(means, rowsOf(results, one)) ?? {})),
    }
  })
  if (!values.out) rmSync(out, { recursive: true, force: true })
  if (!found) return 2
  const { rows, headline, methodVersion } = found
  if (values.json) console.log(JSON.stringify({ study, seeds, methodVersion, ...headline, rows }))
  else print(rows)
  return 0
}

/** Where real clips, their answers, the built studio and the study's project are; `missing` says what is not there. */
function realPlaces({ videos, labels }, { study, out }) {
  if (!videos) return { missing: 'Say with --videos where the folder of the real clips is.' }
  const found = {
    videos: resolve(videos),
    labels: resolve(labels ?? fileURLToPath(new URL(`test/fixtures/${study}`, project))),
    host: fileURLToPath(new URL('out/main', project)),
    project: join(out, `${study}-project`),
  }
  const missing = [found.videos, found.labels].find((folder) => !existsSync(folder))
  if (missing) return { missing: `There is no folder ${missing}.` }
  ensureBuilt()
  return found
}

/** Makes the folder of the results; says why where that cannot be. */
function blockedFolder(out) {
  try {
    mkdirSync(out, { recursive: true })
    return null
  } catch (error) {
    return `The results cannot be written there; choose another folder with --out: ${error.message}`
  }
}

async function runAll({ own, seeds, out, openEngine, places }) {
  let engine
  const results = []
  for (const seed of seeds) {
    for (const one of own) {
      const file = join(out, `${one.study}-${one.name}-${seed}.json`)
      if (existsSync(file)) {
        results.push(JSON.parse(readFileSync(file, 'utf8')))
        continue
      }
      // Real clips are learned from by the studio's own worker.
      engine ??= places ? 'of the worker' : await openEngine()
      const from = performance.now()
      const rows = await one.run(seed, out, places)
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

/** The rows of each run; where several cases have rows of one name, each stands with its case before it. */
function apart(results) {
  const casesOf = (row) => new Set(results.filter(({ rows }) => row in rows).map((result) => result.case)).size
  return results.map((result) =>
    Object.fromEntries(
      Object.entries(result.rows).map(([row, numbers]) => [casesOf(row) > 1 ? `${result.case} ${row}` : row, numbers]),
    ),
  )
}

/** The rows of a case, one entry per seed. */
function rowsOf(results, { name }) {
  return results.filter((result) => result.case === name).map(({ rows }) => rows)
}

function namesOf(cases) {
  return cases.map(({ study, name }) => `${study} ${name}`).join(', ')
}

function refuse(problem) {
  process.stderr.write(`${problem}\n\n${help}\n`)
  return 2
}

function print(rows) {
  for (const [row, numbers] of Object.entries(rows)) {
    console.log(row)
    for (const [key, { mean, low, high }] of Object.entries(numbers))
      console.log(`  ${key.padEnd(26)} ${mean.toFixed(3)}  (${low.toFixed(3)} to ${high.toFixed(3)})`)
  }
}
