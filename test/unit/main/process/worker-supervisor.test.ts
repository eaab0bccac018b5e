import { afterEach, expect, test, vi } from 'vitest'
import { Failure } from '@shared/failures'
import { type Handler, answerCalls } from '@main/process/calls'
import { WorkerLost } from '@main/process/worker-lost'
import { WorkerSupervisor, type SupervisorLimits } from '@main/process/worker-supervisor'
import type { ParentChannel, ProcessChannel } from '@main/process/process-channel'

/** A process that is none: the runner of the worker at the other end of two queues. */
function aSupervisor(tasks: Record<string, Handler>, limits: Partial<SupervisorLimits> = {}) {
  const started: { die: (how: string) => void }[] = []
  const start = (): ProcessChannel => {
    let alive = true
    let toHost: (message: unknown) => void = () => {}
    let toWorker: (message: unknown) => void = () => {}
    const exits: ((how: string) => void)[] = []
    const die = (how: string) => {
      if (!alive) return
      alive = false
      for (const hear of exits) hear(how)
    }
    const post = (to: () => (message: unknown) => void) => (message: unknown) => {
      const copy = structuredClone(message)
      queueMicrotask(() => void (alive && to()(copy)))
    }
    const parent: ParentChannel = {
      send: post(() => toHost),
      onMessage: (hear) => (toWorker = hear),
      onGone: () => {},
    }
    answerCalls(parent, tasks, { onStop: () => die('exit code 0') })
    started.push({ die })
    return {
      send: post(() => toWorker),
      onMessage: (hear) => (toHost = hear),
      onExit: (hear) => void exits.push(hear),
      kill: () => die('signal SIGKILL'),
    }
  }
  return { supervisor: new WorkerSupervisor(start, limits), started }
}

afterEach(() => vi.useRealTimers())

test('tasks run one after the other in one process, with their events', async () => {
  const log: string[] = []
  const { supervisor, started } = aSupervisor({
    count: async (input, { emit }) => {
      log.push(`begin ${String(input)}`)
      emit(`half ${String(input)}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
      log.push(`end ${String(input)}`)
      return Number(input) * 2
    },
  })
  const events: unknown[] = []
  const onEvent = (event: unknown) => void events.push(event)
  const values = await Promise.all([1, 2].map((n) => supervisor.run('count', n, { onEvent })))
  expect(values).toEqual([2, 4])
  expect(log).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2'])
  expect(events).toEqual(['half 1', 'half 2'])
  expect(started).toHaveLength(1)
})

test('a failure keeps its code and data on the way back, an error its message', async () => {
  const { supervisor } = aSupervisor({
    known: () => Promise.reject(new Failure('TRAINING_DIVERGED', { step: 7 })),
    odd: () => Promise.reject(new Error('odd')),
  })
  await expect(supervisor.run('known', null)).rejects.toMatchObject({ code: 'TRAINING_DIVERGED', data: { step: 7 } })
  await expect(supervisor.run('odd', null)).rejects.toThrow('odd')
})

test('a stopped task is asked first', async () => {
  const { supervisor, started } = aSupervisor({
    wait: (_, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    quick: async () => 'still here',
  })
  const stop = new AbortController()
  const running = supervisor.run('wait', null, { signal: stop.signal })
  setTimeout(() => stop.abort(new Failure('INTERRUPTED', {})), 5)
  await expect(running).rejects.toMatchObject({ code: 'INTERRUPTED' })
  expect(await supervisor.run('quick', null)).toBe('still here')
  expect(started).toHaveLength(1)
})

test('a task that does not listen is ended with its process after the grace', async () => {
  const { supervisor, started } = aSupervisor(
    { deaf: () => new Promise(() => {}), quick: async () => 'again' },
    { graceMs: 20, backOffMs: 1 },
  )
  const stop = new AbortController()
  const running = supervisor.run('deaf', null, { signal: stop.signal })
  setTimeout(() => stop.abort(new Failure('INTERRUPTED', {})), 5)
  await expect(running).rejects.toMatchObject({ code: 'INTERRUPTED' })
  expect(await supervisor.run('quick', null)).toBe('again')
  expect(started).toHaveLength(2)
})

test('a process that dies loses its task; the next one gets a new process, later each time', async () => {
  const { supervisor, started } = aSupervisor(
    { die: async () => new Promise(() => started.at(-1)?.die('signal SIGSEGV')), quick: async () => 1 },
    { backOffMs: 30 },
  )
  await expect(supervisor.run('die', null)).rejects.toThrow(WorkerLost)
  const from = performance.now()
  await expect(supervisor.run('die', null)).rejects.toThrow(WorkerLost)
  expect(await supervisor.run('quick', null)).toBe(1)
  expect(performance.now() - from).toBeGreaterThan(80)
  expect(started).toHaveLength(3)
})

test('a silent process counts as dead', async () => {
  const { supervisor } = aSupervisor({ hang: () => new Promise(() => {}) }, { silenceMs: 30 })
  await expect(supervisor.run('hang', null)).rejects.toThrow(/no sign of life/)
})

test('closing rejects the task that runs and those that wait', async () => {
  const { supervisor } = aSupervisor({ hang: () => new Promise(() => {}) })
  const running = [supervisor.run('hang', 1), supervisor.run('hang', 2)]
  supervisor.close()
  for (const task of running) await expect(task).rejects.toThrow(WorkerLost)
})
