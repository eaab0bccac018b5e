import { TaskRunner } from '@main/process/task-runner'
import { parentChannel } from '@main/process/process-channel'
import { TaskSession } from './session/task-session'
import { workerTasks } from './worker-table'

new TaskRunner(parentChannel(), workerTasks(new TaskSession()), (code) => process.exit(code)).start()
