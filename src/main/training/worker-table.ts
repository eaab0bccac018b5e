import type { Task } from '../jobs/task-runner'
import type { EngineInstallation } from '../learning/engine/install/ensure-engine'
import type { TaskSession } from './task-session'
import { writeSample } from './tasks/sample'
import type { TaskName, TaskTools, WorkerTasks } from './worker-tasks'

type Tasks = { [T in TaskName]: (input: WorkerTasks[T]['in'], tools: TaskTools) => Promise<WorkerTasks[T]['out']> }

/** Tasks that compute nothing, so they need no engine. */
const withoutEngine: readonly string[] = ['sample'] satisfies TaskName[]

/** Every task by its name, with the engine open where it is needed. */
export function workerTasks(session: TaskSession): Record<string, Task> {
  const tasks: Partial<Tasks> = {
    engine: async () => session.openedEngine(),
    sample: writeSample,
  }
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]): [string, Task] => [
      name,
      async (input, tools) => {
        const { installation, ...rest } = input as { installation?: EngineInstallation }
        if (!withoutEngine.includes(name)) await session.openEngine(installation)
        const run = task as (input: unknown, tools: TaskTools) => Promise<unknown>
        return run(rest, tools)
      },
    ]),
  )
}
