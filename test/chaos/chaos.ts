import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { random } from '@main/learning/random'
import { builtHost, removeHost } from '../support/built-host'
import { aGround, layClips, layProject, layTrainable } from './ground'
import { type Left, kinds } from './rounds'
import { verdictOn } from './verdict'
import { type Edit, Victim } from './victim'

export interface ChaosResult {
  rounds: number
  seed: number
  kills: number
  acknowledged: number
  lost: number
  integrityFailures: number
  undoFailures: number
  /** Hosts that ended though nobody killed them, did not start or answer, or left what does not open. */
  hostDeaths: number
  halfFiles: number
  /** Training that was cut off and did not go on where it was. */
  runsLost: number
  /** How often each kind of round was held. */
  held: Record<string, number>
  /** What hosts refused edits with, by kind of round. */
  refusals: Record<string, string[]>
  /** Kinds that could not be held, and why. */
  skipped: Record<string, string>
}

/**
 * Kills built browser hosts at random moments of real work and looks at what they leave.
 * @param say hears of each round, and of every fault
 */
export async function chaos(rounds: number, seed: number, say: (line: string) => void): Promise<ChaosResult> {
  using ground = aGround()
  const main = await builtHost()
  const project = join(ground.path, 'project')
  layProject(project)
  const clips = await layClips(join(ground.path, 'clips'), 6)
  const trainable = await layTrainable(main, ground.path)
  const total: ChaosResult = {
    ...{ rounds, seed, kills: 0, acknowledged: 0, lost: 0, integrityFailures: 0, undoFailures: 0, hostDeaths: 0 },
    ...{ halfFiles: 0, runsLost: 0, held: {}, refusals: {}, skipped: {} },
  }
  const ofShared: Edit[] = []
  try {
    for (let round = 0; round < rounds; round++)
      await held({ round, total, main, ground: ground.path, project, clips, trainable, ofShared, say })
    // All that was ever acknowledged, once more at the end.
    if (ofShared.length > 0) total.lost += verdictOn(project, ofShared).lost
    return total
  } finally {
    removeHost(main)
  }
}

interface Stand {
  round: number
  total: ChaosResult
  main: string
  ground: string
  project: string
  clips: readonly string[]
  trainable: string
  /** Acknowledged edits of the project that all rounds share. */
  ofShared: Edit[]
  say: (line: string) => void
}

async function held({ round, total, main, ground, project, clips, trainable, ofShared, say }: Stand): Promise<void> {
  const names = Object.keys(kinds) as (keyof typeof kinds)[]
  const name = names[round % names.length] ?? 'edits'
  const folder = join(ground, `round-${round}`)
  mkdirSync(folder)
  const victim = await Victim.start(main, join(ground, 'home')).catch((error: unknown) => {
    say(`${round} ${name}: the host did not start: ${String(error)}`)
    total.hostDeaths++
    return null
  })
  if (!victim) return
  try {
    const draw = random(total.seed, round)
    const left = await kinds[name]({ folder, project, clips, trainable, draw, victim })
    if (victim.died) total.hostDeaths++
    await victim.kill()
    using _release = left.release
    if (left.skipped) return void (total.skipped[name] = left.skipped)
    const verdict = verdictOn(left.project, victim.acknowledged)
    total.kills++
    total.held[name] = (total.held[name] ?? 0) + 1
    total.acknowledged += victim.acknowledged.length + (left.lostAlready ?? 0)
    total.lost += verdict.lost + (left.lostAlready ?? 0)
    total.integrityFailures += verdict.integrityFailures
    total.undoFailures += verdict.undoFailures
    total.halfFiles += verdict.halfFiles.length
    if (victim.refused.size > 0)
      total.refusals[name] = [...new Set([...(total.refusals[name] ?? []), ...victim.refused])]
    if (left.training && !(await goesOn(await Victim.start(main, join(ground, 'home')), left))) total.runsLost++
    if (left.project === project) ofShared.push(...victim.acknowledged)
    say(`${round} ${name}: ${victim.acknowledged.length} acknowledged, ${JSON.stringify({ ...verdict, ...left })}`)
  } catch (error) {
    say(`${round} ${name}: the host did not answer, or what it left does not open: ${String(error)}`)
    total.hostDeaths++
  } finally {
    await victim.kill()
  }
}

/** Whether training goes on in a host that finds it cut off. */
async function goesOn(next: Victim, { project, training }: Left): Promise<boolean> {
  try {
    await next.open(project)
    return training !== undefined && (await next.goesOn(training))
  } finally {
    await next.kill()
  }
}
