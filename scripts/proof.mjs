// `npm run proof`: the method on data whose right answers are known, over three seeds, against the bounds of
// docs/evaluation.md; and every known bug against the metric or test that must catch it. Exit code 1 where one fails.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onRightNode } from './right-node.mjs'
import { optionsOr, seedsOf } from './script-options.mjs'

const help = `Usage: npm run proof -- [--tier T0|T1|T2|T3|T4] [--seeds 0,1,2] [--no-mutants] [--json]

  --tier        T0 (default): a glass box, seconds a seed. T1 to T4: a trained network on ShapeActs, minutes a seed.
  --seeds       seeds to run, with commas between
  --no-mutants  leave the bugs out (T0 only)
  --json        print one JSON object`

const tiers = ['T0', 'T1', 'T2', 'T3', 'T4']

/** Enough to see a bug by; a control without one runs first. */
const small = { seed: 2, train: 240, test: 48, settings: { steps: 100 } }

if (onRightNode(import.meta.filename)) process.exitCode = await main()

async function main() {
  const { values, problem } = optionsOr({
    allowNegative: true,
    options: {
      tier: { type: 'string', default: 'T0' },
      seeds: { type: 'string', default: '0,1,2' },
      mutants: { type: 'boolean', default: true },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (problem) return refuse(problem)
  if (values.help) {
    console.log(help)
    return 0
  }
  const seeds = seedsOf(values.seeds)
  if (!seeds) return refuse(`--seeds takes whole numbers with commas between, and was given "${values.seeds}".`)
  if (!tiers.includes(values.tier))
    return refuse(`--tier takes one of ${tiers.join(', ')}, and was given "${values.tier}".`)
  const say = (line) => process.stderr.write(`${line}\n`)
  const from = performance.now()
  const proof =
    values.tier === 'T0' ? await proveGlassBox(seeds, values.mutants, say) : await proveTier(values.tier, seeds, say)
  const result = { tier: values.tier, seeds, ...proof, seconds: Math.round((performance.now() - from) / 1000) }
  if (values.json) console.log(JSON.stringify(result))
  else print(result)
  return proof.failed.length > 0 || proof.mutants?.missed.length > 0 ? 1 : 0
}

function refuse(problem) {
  process.stderr.write(`${problem}\n\n${help}\n`)
  return 2
}

async function proveGlassBox(seeds, withMutants, say) {
  const { withSources } = await import('./sources.mjs')
  const { metrics, failed, sameSeedSameTubes, weights } = await withSources(async (load) => {
    const { openEngine } = await load('src/main/learning/engine/open-engine.ts')
    const { proveOn, proofBounds, runT0, sameTubes } = await load('src/main/studies/t0/proof.ts')
    const { meansOf, overSeeds } = await load('src/main/studies/over-seeds.ts')
    say(`engine: ${(await openEngine()).backend}`)
    const runs = []
    for (const seed of seeds) {
      runs.push(await proveOn({ seed }))
      say(
        `seed ${seed}: right attribute ${runs.at(-1).rightAttribute.toFixed(3)}, NCA top-1 ${runs.at(-1).ncaTop1.toFixed(3)}`,
      )
    }
    const metrics = overSeeds(runs)
    const means = meansOf(metrics)
    const failed = proofBounds.filter((bound) => !bound.holds(means)).map(({ metric, says }) => `${metric}: ${says}`)
    const [first, second] = [await runT0(small), await runT0(small)]
    return { metrics, failed, sameSeedSameTubes: await sameTubes(first, second), weights: first.explainer.toWeights() }
  })
  if (!sameSeedSameTubes) failed.push('sameSeedSameTubes: the same seed must give the same tubes')
  const mutants = withMutants ? await huntMutants(weights, say) : undefined
  return { ...metrics, sameSeedSameTubes, failed, ...(mutants ? { mutants } : {}) }
}

async function huntMutants(weights, say) {
  const { mutants } = await import('../test/mutation/mutants.mjs')
  const control = await brokenBounds(null, weights)
  if (control.length > 0)
    return { caught: 0, total: mutants.length, missed: [`without a bug: ${control.join(', ')}`], list: [] }
  const list = []
  for (const mutant of mutants) {
    const seen = mutant.test ? await failsTest(mutant) : (await brokenBounds(mutant, weights)).includes(mutant.metric)
    list.push({ name: mutant.name, by: mutant.metric ?? mutant.test, caught: seen })
    say(`${seen ? 'caught' : 'MISSED'}: ${mutant.name} (${mutant.metric ?? mutant.test})`)
  }
  const missed = list.filter(({ caught }) => !caught).map(({ name }) => name)
  return { caught: list.length - missed.length, total: list.length, missed, list }
}

/** Metrics whose bound breaks on sources with this bug. */
async function brokenBounds(mutant, weights) {
  const { withSources } = await import('./sources.mjs')
  const { mutation } = await import('../test/mutation/mutants.mjs')
  return withSources(
    async (load) => {
      const { openEngine } = await load('src/main/learning/engine/open-engine.ts')
      const { evaluate } = await load('src/main/evaluation/evaluate.ts')
      const { methodMetrics, proofBounds, runT0 } = await load('src/main/studies/t0/proof.ts')
      await openEngine()
      const run = await runT0({ ...small, weights: mutant?.retrain ? undefined : weights })
      const metrics = methodMetrics(await evaluate(run.input))
      run.target.dispose()
      return proofBounds.filter(({ metric, holds }) => metric in metrics && !holds(metrics)).map(({ metric }) => metric)
    },
    mutant ? [mutation(mutant)] : [],
  )
}

/** Whether a unit test fails on sources with this bug: by an assertion, not because nothing ran. */
async function failsTest({ name, test }) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const words = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/mutation/vitest.config.mjs', test]
  const child = spawn(process.execPath, words, {
    cwd: root,
    env: { ...process.env, WHYNOT_MUTANT: name, NO_COLOR: '1' },
  })
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  child.stderr.on('data', (text) => (output += text))
  const code = await new Promise((done) => child.on('close', done))
  if (/finds nothing to change|No test files found/.test(output))
    throw new Error(`The mutant "${name}" is stale:\n${output}`)
  return code !== 0 && /Tests\s+\d+ failed/.test(output)
}

async function proveTier(tier, seeds, say) {
  const { withSources } = await import('./sources.mjs')
  return withSources(async (load) => {
    const { openEngine } = await load('src/main/learning/engine/open-engine.ts')
    const { proveSample } = await load('src/main/studies/prove-sample.ts')
    const { overSeeds } = await load('src/main/studies/over-seeds.ts')
    say(`engine: ${(await openEngine()).backend}`)
    const runs = []
    for (const seed of seeds) runs.push(flat(await proveSample({ seed, tier }, say)))
    const metrics = overSeeds(runs)
    return { ...metrics, failed: tier === 'T1' ? boundsOfT1(metrics, runs) : [] }
  })
}

/** One number per name, from the tables of a seed. */
function flat({ method, trimmed, randomisedExplainer, randomisedNetwork, checks, ...about }) {
  const { testAccuracy, testConfidence, seconds } = about
  const of = (columns, name, key) => columns.find((column) => column.method === name)?.metrics[key]?.value ?? NaN
  const main = [
    'rightAttribute',
    'conceptTop1',
    'conceptTop3',
    'ncaTop1',
    'ncaTop3',
    'probabilityDecrease',
    'relativeDrop',
    'tubeIou',
  ]
  const part = (columns, name, keys, prefix) =>
    Object.fromEntries(
      keys.map((key) => [prefix ? prefix + key[0].toUpperCase() + key.slice(1) : key, of(columns, name, key)]),
    )
  return {
    ...{ testAccuracy, testConfidence, seconds },
    ...part(method, 'method', main, ''),
    ...part(method, 'selectByMax', main, 'selectByMax'),
    ...part(method, 'randomTube', main, 'random'),
    ...part(method, 'trueTube', main, 'true'),
    ...part(trimmed, 'method', ['conceptTop1', 'ncaTop1', 'relativeDrop', 'tubeIou'], 'trimmed'),
    ...part(randomisedExplainer, 'method', ['rightAttribute', 'tubeIou'], 'randomised'),
    ...part(randomisedNetwork, 'method', ['rightAttribute', 'tubeIou'], 'otherNetwork'),
    ...checks,
  }
}

function boundsOfT1(m, runs) {
  const bounds = [
    ['testAccuracy: at least .97', m.testAccuracy.mean >= 0.97],
    [
      'rightAttribute: at least .95, no seed below .90',
      m.rightAttribute.mean >= 0.95 && runs.every((r) => r.rightAttribute >= 0.9),
    ],
    ['conceptTop1: at least .90', m.conceptTop1.mean >= 0.9],
    [
      'ncaTop1: at least .90 and 1.6 times the random tube',
      m.ncaTop1.mean >= Math.max(0.9, 1.6 * m.randomNcaTop1.mean),
    ],
    ['ncaTop3: at least .97', m.ncaTop3.mean >= 0.97],
    ['probabilityDecrease: at least .90', m.probabilityDecrease.mean >= 0.9],
    ['relativeDrop: at least .60, random at most .20', m.relativeDrop.mean >= 0.6 && m.randomRelativeDrop.mean <= 0.2],
    ['tubeIou: at least .33, trimmed .38', m.tubeIou.mean >= 0.33 && m.trimmedTubeIou.mean >= 0.38],
    [
      'tubeIou: above both re-initialised models',
      m.tubeIou.mean > Math.max(m.randomisedTubeIou.mean, m.otherNetworkTubeIou.mean),
    ],
    ['supersetAuc: at least .95', m.supersetAuc.mean >= 0.95],
    ['distractorDrop: below .05', m.distractorDrop.mean < 0.05],
    ['swapChanges: at least .90', m.swapChanges.mean >= 0.9],
  ]
  return bounds.filter(([, holds]) => !holds).map(([says]) => says)
}

function print({ failed, mutants, ...rest }) {
  for (const [key, value] of Object.entries(rest)) {
    const text =
      typeof value?.mean === 'number' ? `${value.mean.toFixed(3)}  (spread ${value.spread.toFixed(3)})` : String(value)
    console.log(`${key.padEnd(28)} ${text}`)
  }
  if (mutants)
    console.log(
      `bugs caught: ${mutants.caught} of ${mutants.total}${mutants.missed.length ? `; missed: ${mutants.missed.join(', ')}` : ''}`,
    )
  console.log(failed.length ? `Not reached:\n  ${failed.join('\n  ')}` : 'Every bound is kept.')
}
