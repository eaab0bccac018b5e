import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { ImportedModelConfig, pixelScale } from '@shared/config/imported-model'
import { z } from 'zod'
import { replaceFolder, syncFile, writeWhole } from '@main/files/write-whole'
import { type ImportedTarget, reopenModel } from '@main/learning/target/model-import'
import { modelFiles } from '@main/learning/target/model-network'
import { FileHashes, checkFiles, hashOf, readAbout } from './model-folder'

const Colour = z.tuple([z.number(), z.number(), z.number()])

/** model.json beside the foreign files: how the model is used, and what was found out about it. */
export const ImportedFile = z.object({
  format: z.literal(1),
  kind: z.literal('imported'),
  config: ImportedModelConfig,
  /** Names, in the order of the outputs. */
  classes: z.array(z.string()),
  /** The model's own file, inside the folder `files`. */
  file: z.string(),
  /** Mean colour of the training clips, RGB from 0 to 1, which stands where a clip is masked; null until it is measured. */
  meanColour: Colour.nullable(),
  sha256: FileHashes,
})
export type ImportedFile = z.infer<typeof ImportedFile>

const aboutFile = 'model.json'

/** Copies a foreign model into a run's folder; whole or not at all. Throws Failure MODEL_UNFIT. */
export async function saveImported(
  folder: string,
  from: string,
  { config, classes }: Pick<ImportedFile, 'config' | 'classes'>,
): Promise<void> {
  const files = await modelFiles(from)
  replaceFolder(folder, (beside) => {
    const sha256: Record<string, string> = {}
    for (const file of files) {
      const to = join(beside, 'files', file)
      mkdirSync(dirname(to), { recursive: true })
      // A link leads nowhere once the project is moved, or somewhere else once its end is changed.
      copyFileSync(join(dirname(resolve(from)), file), to)
      // Weights of a cache may be read-only, as a copy then is too.
      chmodSync(to, 0o644)
      syncFile(to)
      sha256[`files/${file}`] = hashOf(readFileSync(to))
    }
    const stated = { format: 1, kind: 'imported', file: basename(from), meanColour: null } as const
    const about: ImportedFile = { ...stated, config, classes, sha256 }
    writeFileSync(join(beside, aboutFile), `${JSON.stringify(about, null, 2)}\n`, { flush: true })
  })
}

/** What is known of the imported model in a folder; null where the model was trained here. Throws Failure RUN_DAMAGED. */
export function readImported(folder: string): ImportedFile | null {
  const { kind } = readAbout(folder, z.looseObject({ kind: z.unknown() }))
  return kind === 'imported' ? readAbout(folder, ImportedFile) : null
}

export function putMeanColour(folder: string, meanColour: z.infer<typeof Colour>): void {
  const about = readImported(folder)
  if (!about) throw new Error(`${folder} holds no imported model`)
  writeWhole(join(folder, aboutFile), `${JSON.stringify({ ...about, meanColour }, null, 2)}\n`)
}

/** Opens the model of a folder, where its cells lie being known; the caller disposes of it. Throws Failure RUN_DAMAGED. */
export async function loadImported(folder: string, { file, config, sha256 }: ImportedFile): Promise<ImportedTarget> {
  checkFiles(folder, sha256)
  const about = { ...config, taps: config.maps, scale: pixelScale(config) }
  return reopenModel(join(folder, 'files', file), about)
}

/** Every file that the model computes from, for a key that changes with any of them. */
export async function importedFiles(folder: string, { file }: ImportedFile): Promise<string[]> {
  const whole = join(folder, 'files', file)
  return (await modelFiles(whole)).map((name) => join(folder, 'files', name))
}
