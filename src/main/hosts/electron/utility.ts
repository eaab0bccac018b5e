import { utilityProcess } from 'electron'
import type { StartProcess } from '@main/process/process-channel'

/**
 * Starts built entries (out/main/NAME.js) as Electron's utility processes, which do not need Electron to pass for Node.
 * @param onOutput what the process writes to its standard streams
 */
export function utilityEntry(entry: string, name: string, onOutput: (text: string) => void): StartProcess {
  return () => {
    const child = utilityProcess.fork(entry, [], { serviceName: name, stdio: 'pipe' })
    let gone = false
    child.once('exit', () => (gone = true))
    child.stdout?.on('data', (bytes: Buffer) => onOutput(String(bytes)))
    child.stderr?.on('data', (bytes: Buffer) => onOutput(String(bytes)))
    return {
      get pid() {
        return child.pid
      },
      send: (message) => {
        if (!gone) child.postMessage(message)
      },
      onMessage: (hear) => void child.on('message', hear),
      onExit: (hear) => void child.once('exit', (code) => hear(`exit code ${code}`)),
      kill: () => void child.kill(),
    }
  }
}
