import { TaskRunner } from '../jobs/task-runner'
import { parentChannel } from '../media/process-channel'
import { TaskSession } from './task-session'
import { workerTasks } from './worker-table'

new TaskRunner(parentChannel(), workerTasks(new TaskSession()), (code) => process.exit(code)).start()
