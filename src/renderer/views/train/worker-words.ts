import { mdiLanDisconnect, mdiTimerSand } from '@mdi/js'
import type { Machine, MachineState } from '@shared/contract/machines'
import { counted } from '@renderer/words/format'
import { closeIcon, runningIcon, waitIcon, warnIcon } from '@renderer/words/icons'

/** State of a worker in a word, with an icon and a colour class beside it. */
export const machineLook: Record<MachineState, { word: string; icon: string; tone: string }> = {
  idle: { word: 'idle', icon: waitIcon, tone: 't3' },
  busy: { word: 'busy', icon: runningIcon, tone: 'acc' },
  draining: { word: 'draining', icon: mdiTimerSand, tone: 'warn' },
  held: { word: 'cannot work', icon: warnIcon, tone: 'warn' },
  lost: { word: 'lost', icon: mdiLanDisconnect, tone: 'err' },
  refused: { word: 'not let in', icon: closeIcon, tone: 'err' },
}

/** "7 on 5 machines: 4 busy, 1 idle, 1 lost". */
export function machinesWords(machines: readonly Machine[]): string {
  const hosts = new Set(machines.map(({ host }) => host)).size
  const states = Map.groupBy(machines, ({ state }) => state)
  const parts = Object.entries(machineLook).flatMap(([state, { word }]) => {
    const some = states.get(state as MachineState)?.length
    return some ? [`${some} ${word}`] : []
  })
  return `${machines.length} on ${counted(hosts, 'machine')}: ${parts.join(', ')}`
}
