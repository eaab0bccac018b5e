/** The worker process ended, or stopped answering and was ended, in the middle of a task. */
export class WorkerLost extends Error {
  constructor(readonly how: string) {
    super(`The worker process ended: ${how}`)
    this.name = 'WorkerLost'
  }
}
