import { fork } from 'node:child_process'

/** The way to a process we started. Messages are copied as structured clones. */
export interface ProcessChannel {
  /** Of the process, where it has started. */
  readonly pid?: number
  send(message: unknown): void
  onMessage(hear: (message: unknown) => void): void
  /** Called once, however the process ended. */
  onExit(hear: (how: string) => void): void
  kill(): void
}

/** Starts a process. Electron's host gives one over utilityProcess, the others `forkEntry`. */
export type StartProcess = () => ProcessChannel

/** The way back to whoever started this process. */
export interface ParentChannel {
  send(message: unknown): void
  onMessage(hear: (message: unknown) => void): void
  /** Called when the parent is gone. */
  onGone(hear: () => void): void
}

/** Starts built entries (out/main/NAME.js) with child_process.fork. */
export function forkEntry(entry: string): StartProcess {
  return () => {
    const child = fork(entry, [], { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    return {
      ...(child.pid === undefined ? {} : { pid: child.pid }),
      // A process that just died takes no more messages; its exit is what the caller hears of.
      send: (message) => void (child.connected && child.send(message as object, () => {})),
      onMessage: (hear) => void child.on('message', hear),
      onExit: (hear) => {
        child.once('exit', (code, signal) => hear(signal ? `signal ${signal}` : `exit code ${code}`))
        child.once('error', (error) => hear(error.message))
      },
      kill: () => void child.kill('SIGKILL'),
    }
  }
}

interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', hear: (event: { data: unknown }) => void): void
}

/** The parent of this process, whichever way it was started. */
export function parentChannel(): ParentChannel {
  // Electron puts the port of a utility process here; its types belong to the Electron host alone.
  const port = (process as unknown as { parentPort?: ParentPort }).parentPort
  if (port) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (hear) => port.on('message', ({ data }) => hear(data)),
      onGone: () => {},
    }
  }
  return {
    send: (message) => void process.send?.(message),
    onMessage: (hear) => void process.on('message', hear),
    onGone: (hear) => void process.once('disconnect', hear),
  }
}
