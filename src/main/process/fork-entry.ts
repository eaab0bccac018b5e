import { fork } from 'node:child_process'
import type { StartProcess } from './process-channel'

/**
 * Starts built entries as Node processes whose words go to the log, not between the answers of a command.
 * @param onOutput what the process writes to its standard streams
 */
export function quietEntry(entry: string, onOutput: (text: string) => void): StartProcess {
  return () => {
    const child = fork(entry, [], { serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    child.stdout?.on('data', (bytes: Buffer) => onOutput(String(bytes)))
    child.stderr?.on('data', (bytes: Buffer) => onOutput(String(bytes)))
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
