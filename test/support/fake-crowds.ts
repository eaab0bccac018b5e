import type { CrowdReport } from '@shared/contract/crowds'
import type { Implementer } from './fake-api'

export function aCrowdReport(of: Partial<CrowdReport> = {}): CrowdReport {
  return {
    ...{ dryRun: false, rows: 3, workers: 3, taken: 2, replaced: 0, rejected: 1, skipped: 0, labels: 12, tracks: 0 },
    ...{ otherVideos: [], otherWords: [], reasons: [] },
    ...of,
  }
}

/** Crowds in memory: nothing is written, and every file is the same. */
export function fakeCrowds({ crowds }: Implementer) {
  const tooLarge = ({ pictures }: { pictures: boolean }) =>
    pictures ? [{ name: 'attributes.html', bytes: 70_000 }] : []
  return {
    write: crowds.write.handler(({ input }) => {
      return { folder: input.folder, files: ['attributes.html'], videos: 4, tooLarge: tooLarge(input) }
    }),
    import: crowds.import.handler(({ input }) => aCrowdReport({ dryRun: input.dryRun })),
    decide: crowds.decide.handler(({ input }) => {
      return { folder: input.folder, files: ['decisions.csv'], approved: 2, rejected: 1, bonuses: 0, workers: 3 }
    }),
  }
}
