// `npm run chaos`: hosts of the studio are killed at random moments of real work, and what they leave is looked at.
import { optionsOr, seedsOf } from './script-options.mjs'
import { onRightNode } from './right-node.mjs'

const help = `Usage: npm run chaos -- [--rounds 60] [--seed 1] [--json]

  --rounds  how many hosts are killed: in turn among edits, imports, training, while a backup is made, while an old
            project is brought up to date, after another program's lock, with the folder removed, and on a full disk
  --seed    what the moments are drawn from
  --json    print one JSON object, nothing else`

if (onRightNode(import.meta.filename)) process.exitCode = await main()

async function main() {
  const { values, problem } = optionsOr({
    options: {
      rounds: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.log(help)
    return 0
  }
  const [rounds, seed] = [values.rounds, values.seed].map((text) => seedsOf(text ?? '')?.[0])
  if (problem || !rounds || seed === undefined) {
    process.stderr.write(`${problem ?? '--rounds and --seed take whole numbers.'}\n\n${help}\n`)
    return 2
  }
  const { withSources } = await import('./sources.mjs')
  const say = (line) => process.stderr.write(values.json ? '' : `${line}\n`)
  const result = await withSources(async (load) => (await load('test/chaos/chaos.ts')).chaos(rounds, seed, say))
  console.log(JSON.stringify(result, null, values.json ? 0 : 2))
  const { lost, integrityFailures, undoFailures, hostDeaths, halfFiles, runsLost } = result
  return lost + integrityFailures + undoFailures + hostDeaths + halfFiles + runsLost === 0 ? 0 : 1
}
