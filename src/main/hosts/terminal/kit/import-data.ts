import type { Api } from '@shared/contract'
import type { DataReport, DataSource } from '@shared/contract/interchange'
import { follow } from './studio-session'
import type { Terminal } from './terminal'

/** Imports a file of annotations with a bar, or (dry run) asks what that would do. Ctrl+C stops it; nothing is changed then. */
export async function importData(
  api: Pick<Api, 'interchange' | 'jobs'>,
  source: DataSource,
  { terminal, dryRun }: { terminal: Terminal; dryRun: boolean },
): Promise<DataReport> {
  if (dryRun) return api.interchange.preview(source, { signal: terminal.interrupted })
  const { job } = await api.interchange.import(source)
  return (await follow(api, job, terminal)).result as DataReport
}
