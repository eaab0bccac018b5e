import type { Implementer } from './fake-api'
import type { Machine } from '@shared/contract/machines'
import { Failure } from '@shared/failures'
import { MachineId } from '@shared/ids'

export function aMachine(index: number, of: Partial<Machine> = {}): Machine {
  return {
    ...{ id: MachineId.parse(`m${index}`), name: `worker ${index}`, host: 'lab-01', engine: 'TensorFlow 2.21' },
    ...{ device: 'GPU 0, 24 GB', lanes: ['gpu', 'cpu'], state: 'idle', reason: null, job: null, progress: null },
    ...{ since: 1000, seenAt: 2000 },
    ...of,
  }
}

/** Workers in memory. */
export function fakeMachines({ machines }: Implementer, state: { machines: Machine[]; isShared: boolean }) {
  const of = (id: MachineId) => {
    const found = state.machines.find((machine) => machine.id === id)
    if (!found) throw new Failure('NOT_FOUND', { kind: 'worker', id })
    return found
  }
  return {
    list: machines.list.handler(() => ({ isShared: state.isShared, machines: state.machines })),
    invite: machines.invite.handler(() => ({
      command: state.isShared ? 'whynot worker --redis redis://r:6379 --studio http://s:1 --token t' : null,
    })),
    drain: machines.drain.handler(({ input: { id, drain } }) =>
      Object.assign(of(id), { state: drain ? 'draining' : 'idle' }),
    ),
    forget: machines.forget.handler(({ input: { id } }) => {
      of(id)
      state.machines = state.machines.filter((machine) => machine.id !== id)
    }),
  }
}
