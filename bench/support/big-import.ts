import { statSync } from 'node:fs'
import { owner } from '@shared/actor'
import { DataPlan } from '@shared/contract/interchange'
import { allFormats } from '@main/interchange/formats'
import { DataImportService } from '@main/interchange/import-service'
import { FormatRegistry } from '@main/interchange/registry'
import { aProject } from '../../test/support/project'
import { bigFrames } from './big-files'
import { rounded } from './measure'

/** Brings a file in, in a process of its own, whose memory is then that of this one import. */
export async function run({ path, stop }: { path: string; stop: boolean }): Promise<Record<string, unknown>> {
  const made = aProject()
  try {
    made.build.video({ name: 'long', record: { frames: bigFrames, width: 320, height: 240 } })
    const service = new DataImportService({
      ...{ project: made.project, formats: new FormatRegistry(allFormats), onChange: () => {} },
    })
    return stop ? { stoppedMs: await stopped(service, path) } : await imported(service, path)
  } finally {
    made.remove()
  }
}

async function imported(service: DataImportService, path: string) {
  let told = 0
  const progress = () => void (told += 1)
  const from = performance.now()
  const signal = new AbortController().signal
  const report = await service.import(path, DataPlan.parse({}), { by: owner.id, signal, progress })
  const seconds = rounded((performance.now() - from) / 1000)
  // The most this process ever took, as the system counted it.
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024)
  const { format, rows, tracks, keyframes, boxes } = report
  const megabytes = Math.round(statSync(path).size / 1024 ** 2)
  return { format, megabytes, seconds, peakMegabytes, told, rows: rows.read, tracks, keyframes, boxes }
}

/** Milliseconds from the wish to stop, in the middle, to the end of the import. */
async function stopped(service: DataImportService, path: string): Promise<number> {
  const stop = new AbortController()
  let at = 0
  const progress = ({ done, total }: { done: number; total: number | null }) => {
    if (at > 0 || total === null || done < total / 10) return
    at = performance.now()
    setTimeout(() => stop.abort(), 0)
  }
  await service.import(path, DataPlan.parse({}), { by: owner.id, signal: stop.signal, progress }).then(
    () => {
      throw new Error('it went on to its end')
    },
    () => {},
  )
  return rounded(performance.now() - at)
}
