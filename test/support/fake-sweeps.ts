import { type Implementer, aRun } from './fake-api'
import { SweepPlan } from '@shared/config/sweep'
import type { Run } from '@shared/contract/learning'
import type { Sweep } from '@shared/contract/sweeps'
import { JobId, SweepId } from '@shared/ids'

export function aSweep(index: number, of: Partial<Sweep> = {}): Sweep {
  return {
    ...{ id: SweepId.parse(`s${index}`), name: `sweep ${index}`, kind: 'classifier', plan: SweepPlan.parse({}) },
    ...{ axes: [{ field: 'learningRate', values: [0.01, 0.1] }], createdAt: 1000 + index },
    ...of,
  }
}

/** Sweeps in memory: one that is started has a run that waits. */
export function fakeSweeps({ sweeps }: Implementer, state: { sweeps: Sweep[]; runs: Run[] }) {
  return {
    list: sweeps.list.handler(() => state.sweeps),
    start: sweeps.start.handler(({ input: { start, axes, plan } }) => {
      const sweep = aSweep(50 + state.sweeps.length, { kind: start.kind, axes, plan })
      const name = `${sweep.name}.1`
      const { kind, config } = start
      const run = aRun(200 + state.runs.length, { kind, config, name, sweep: sweep.id, state: 'queued' })
      state.sweeps = [sweep, ...state.sweeps]
      state.runs = [run, ...state.runs]
      return { sweep: sweep.id, runs: [{ run: run.id, job: JobId.parse('j50') }] }
    }),
    stop: sweeps.stop.handler(() => ({ stopped: 1 })),
    pause: sweeps.pause.handler(() => ({ paused: 1 })),
    resume: sweeps.resume.handler(() => ({ resumed: 1 })),
    freedBy: sweeps.freedBy.handler(() => ({ bytes: 7_000_000, explanations: 0 })),
    remove: sweeps.remove.handler(({ input }) => {
      state.runs = state.runs.filter(({ sweep }) => sweep !== input.id)
      state.sweeps = state.sweeps.filter(({ id }) => id !== input.id)
      return null
    }),
  }
}
