import { existsSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { join } from 'node:path'
import { ClassifierConfig } from '@shared/config/classifier'
import { ExplainerConfig } from '@shared/config/explainer'
import { importedConfig } from '@shared/config/imported-model'
import type { Run, StartRun } from '@shared/contract/learning'
import { Failure } from '@shared/failures'
import { hashOfFile } from '@main/files/hash-of-file'
import { RunFolder } from './run-folder'

/**
 * What starts the same training again: settings, seed, classes, and what it begins with or explains.
 * @param classes of the project, in its order
 * Throws Failure BAD_SETTING for a model that was brought in.
 */
export function startAgain(run: Run, classes: readonly string[]): StartRun {
  const { name, preset } = run
  const about = { preset, name: `${name} again` }
  if (run.kind === 'explainer')
    return {
      kind: 'explainer',
      ...about,
      explains: run.explains ?? undefined,
      config: ExplainerConfig.parse(run.config),
    }
  if (importedConfig(run.config)) {
    const reason = `${name} was brought in: it was trained elsewhere, and nothing here can train it again.`
    throw new Failure('BAD_SETTING', { setting: 'run', reason })
  }
  const config = ClassifierConfig.parse(run.config)
  // All classes of then may not be all of now.
  const asThen = isDeepStrictEqual(run.classes, classes) ? config : { ...config, classes: run.classes }
  return { kind: 'classifier', ...about, startFrom: run.startFrom ?? undefined, config: asThen }
}

/**
 * How a run that has ended compares with the newest earlier one of the same settings, in a sentence; null without one.
 * @param folder the project's
 */
export async function comparedWithTwin(run: Run, runs: readonly Run[], folder: string): Promise<string | null> {
  const twin = runs.find((other) => other.id !== run.id && other.state === 'done' && isTwin(run, other))
  if (!twin) return null
  const [ours, theirs] = await Promise.all([run, twin].map(({ id }) => hashOfWeights(new RunFolder(folder, id))))
  if (!ours || !theirs) return null
  if (ours === theirs) return `the same settings as ${twin.name}, and the same weights to the last bit`
  const engines = twin.engine === run.engine ? '' : ` It was ${twin.engine} then.`
  return `the same settings as ${twin.name}, and other weights: labels, videos or the machine are not those of then.${engines}`
}

function isTwin(run: Run, other: Run): boolean {
  if (run.kind !== other.kind || importedConfig(run.config) || importedConfig(other.config)) return false
  const schema = run.kind === 'classifier' ? ClassifierConfig.omit({ classes: true }) : ExplainerConfig
  const about = ({ config, classes, explains, startFrom }: Run) => [schema.parse(config), classes, explains, startFrom]
  return isDeepStrictEqual(about(run), about(other))
}

/** Of what training came to: the newest state, or the model alone where none is kept. */
async function hashOfWeights({ last, model }: RunFolder): Promise<string | null> {
  const file = [last, model].map((folder) => join(folder, 'weights.safetensors')).find((path) => existsSync(path))
  return file ? hashOfFile(file) : null
}
