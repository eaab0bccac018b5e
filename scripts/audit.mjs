// `npm run audit [-- --strict]`: known faults of the packages that ship, as the registry tells them. With --strict a high
// or critical one fails. A registry that keeps no such list, or is out of reach, is said and fails nothing.
import { spawnSync } from 'node:child_process'

const { stdout } = spawnSync('npm', ['audit', '--omit', 'dev', '--json'], { encoding: 'utf8', timeout: 60_000 })
const found = severities(stdout)
if (!found) console.log('The registry tells nothing of known faults; none were looked for.')
else {
  const told = Object.entries(found).map(([severity, count]) => `${count} ${severity}`)
  console.log(`Known faults of what ships: ${told.join(', ')}.`)
  if (process.argv.includes('--strict') && found.high + found.critical > 0) process.exitCode = 1
}

/** @returns numbers by severity, or null where the answer is none */
function severities(text) {
  try {
    return JSON.parse(text).metadata?.vulnerabilities ?? null
  } catch {
    return null
  }
}
