import { type ExperimentConfig, type ExperimentName, experimentNames } from '@shared/config/experiment'
import { Failure, type FailureCode } from '@shared/failures'
import type { RunId } from '@shared/ids'
import { PartSource } from './experiment-part'
import { ExperimentFiles } from './experiment-files'
import { experimentsPage } from './experiments-page'
import { ExperimentManifest } from './manifest'
import { OutFolder } from './out-folder'
import type { ExperimentResult } from './result'
import type { ExperimentParts, ExperimentSteps } from './steps'

export interface ExperimentRequest {
  names: readonly ExperimentName[]
  /** An explanation run; the newest finished one when left out. */
  run: RunId | undefined
  /** Folder for the files; what is there is reused. */
  out: string
  config: ExperimentConfig
}

/** A part that could not be made, and the sentence why. */
export interface MissingPart {
  name: ExperimentName
  code: FailureCode
  message: string
}

export interface ExperimentOutcome {
  results: ExperimentResult[]
  missing: MissingPart[]
  report: string
}

/** What takes long comes last, so that an early stop leaves most. */
const byCost: readonly ExperimentName[] = ['table1', 'table2', 'table3', 'figure5', 'figure6', 'table4']

/** The tables and figures of the paper on a project: measured once, written as files, with a page about all of them. */
export class ExperimentService {
  constructor(private readonly parts: ExperimentParts) {}

  /**
   * Makes what is asked for, or takes it from an earlier call where nothing has changed. Asked for one part, its failure
   * is thrown; of several, the others are made and the failure is told of.
   * Throws Failure INTERRUPTED, FOLDER_NOT_WRITABLE, BAD_SETTING; of one part also NO_EXPLAINER, NOTHING_TO_EVALUATE, ...
   */
  async run({ names, out, ...request }: ExperimentRequest, steps: ExperimentSteps): Promise<ExperimentOutcome> {
    const folder = new OutFolder(out)
    const { name: project } = this.parts.project.info()
    const manifest = ExperimentManifest.open(folder, project)
    const files = new ExperimentFiles(folder, manifest)
    const source = new PartSource(this.parts, manifest, steps, request)
    const results: ExperimentResult[] = []
    const missing: MissingPart[] = []
    let report = ''
    for (const name of byCost.filter((one) => names.includes(one))) {
      if (steps.signal.aborted) throw new Failure('INTERRUPTED', {})
      try {
        results.push(await this.part(name, { source, files, steps }))
      } catch (error) {
        if (steps.signal.aborted) throw new Failure('INTERRUPTED', {}, { cause: error })
        if (names.length === 1 || !(error instanceof Failure) || error.code === 'INTERRUPTED') throw error
        missing.push({ name, code: error.code, message: sentence(error) })
      }
      // After every part, so that a later stop leaves a page of what there is.
      const page = { project, results: files.all(), older: manifest.madeBefore(source.data), missing }
      report = folder.write('report.html', experimentsPage(page))
    }
    const inOrder = experimentNames.flatMap((name) => results.filter((result) => result.name === name))
    return { results: inOrder, missing, report }
  }

  private async part(
    name: ExperimentName,
    { source, files, steps }: { source: PartSource; files: ExperimentFiles; steps: ExperimentSteps },
  ): Promise<ExperimentResult> {
    const { from, make } = await source.part(name)
    const kept = files.kept(name, from)
    if (kept) {
      steps.say(`${kept.title}: nothing has changed, taken from before`)
      return kept
    }
    const result = await make()
    files.put(result, from)
    return result
  }
}

/** What failed, with the particulars that its sentence points to. */
function sentence({ message, data }: Failure): string {
  return 'reason' in data ? `${message} ${data.reason}` : message
}
