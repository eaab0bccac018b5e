import type { Handler } from '@main/process/calls'
import type { EngineInstallation } from '@main/learning/engine/install/ensure-engine'
import { inspectModel } from '@main/learning/target/model-inspect'
import type { TaskSession } from './session/task-session'
import { checkTask } from './tasks/check'
import { evaluateTask } from './tasks/evaluate'
import { explainTask } from './tasks/explain'
import { exportModelTask } from './tasks/export-model'
import { heatTask } from './tasks/heat'
import { adoptModelTask, measureModelTask } from './tasks/import-model'
import { predictTask } from './tasks/question'
import { writeSample } from './tasks/sample'
import { secondTask } from './tasks/second'
import { exampleTask } from './tasks/example'
import { trainClassifierTask } from './tasks/train-classifier'
import { trainExplainerTask } from './tasks/train-explainer'
import type { TaskName, TaskTools, WorkerTasks } from '@main/runs/worker-tasks'

type Tasks = { [T in TaskName]: (input: WorkerTasks[T]['in'], tools: TaskTools) => Promise<WorkerTasks[T]['out']> }

/** Tasks that compute nothing, so they need no engine. */
const withoutEngine: readonly string[] = ['sample'] satisfies TaskName[]

/** Every task by its name, with the engine open where it is needed. */
export function workerTasks(session: TaskSession): Record<string, Handler> {
  const tasks: Tasks = {
    engine: () => session.openedEngine(),
    sample: writeSample,
    classifier: (input, tools) => trainClassifierTask(session, input, tools),
    explainer: (input, tools) => trainExplainerTask(session, input, tools),
    inspectModel,
    adoptModel: adoptModelTask,
    exportModel: exportModelTask,
    measureModel: (input, tools) => measureModelTask(session, input, tools),
    evaluation: (input, tools) => evaluateTask(session, input, tools),
    predict: (input, { signal }) => predictTask(session, input, signal),
    explain: (input, { signal }) => explainTask(session, input, signal),
    second: (input, { signal }) => secondTask(session, input, signal),
    check: (input, { signal }) => checkTask(session, input, signal),
    heat: (input, { signal }) => heatTask(session, input, signal),
    example: (input, { signal }) => exampleTask(session, input, signal),
  }
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]): [string, Handler] => [
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
