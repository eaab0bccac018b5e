import { readFileSync } from 'node:fs'
import type { ProcessChannel, StartProcess } from './process-channel'

/** Bytes of a page of memory on Linux. */
const page = 4096
const everyMs = 200

/** Starts a process that is ended when it takes more memory than it may, where the system tells how much (Linux). */
export function guarded(start: StartProcess, mostBytes: number): StartProcess {
  return () => {
    const channel = start()
    let over: string | null = null
    const watch = setInterval(() => {
      if (over !== null || residentBytes(channel.pid) <= mostBytes) return
      over = `it took more than ${Math.round(mostBytes / 1e6)} MB of memory`
      channel.kill()
    }, everyMs)
    watch.unref()
    const kill = () => {
      clearInterval(watch)
      channel.kill()
    }
    const onExit: ProcessChannel['onExit'] = (hear) =>
      channel.onExit((how) => {
        clearInterval(watch)
        hear(over ?? how)
      })
    return { ...channel, onExit, kill }
  }
}

/** 0 where it cannot be told. */
function residentBytes(pid: number | undefined): number {
  if (pid === undefined || process.platform !== 'linux') return 0
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * page
  } catch {
    return 0
  }
}
