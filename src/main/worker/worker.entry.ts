import { answerCalls } from '@main/process/calls'
import { parentChannel } from '@main/process/process-channel'
import { TaskSession } from './session/task-session'
import { workerTasks } from './worker-table'

const parent = parentChannel()
answerCalls(parent, workerTasks(new TaskSession()), { onStop: () => process.exit(0) })
// Whoever started us is gone: nobody could take the result.
parent.onGone(() => process.exit(0))
