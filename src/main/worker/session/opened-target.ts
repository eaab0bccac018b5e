import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pixelScale } from '@shared/config/imported-model'
import { blackOf } from '@main/explanation/classify'
import type { MaskColours } from '@main/explanation/masking'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import { loadClassifier } from './classifier-files'
import { type ImportedFile, importedFiles, loadImported, readImported } from './imported-files'
import type { ClipShape } from './project-clips'

type Colour = readonly [number, number, number]

/** The classifier of a finished run, trained here or brought in: the model, and what its users need besides. */
export interface OpenedTarget {
  model: TargetClassifier
  /** How clips are cut for it. */
  shape: ClipShape
  /** What masked parts are to the network. */
  colours: MaskColours
  /** Mean colour of the training clips, RGB from 0 to 1: what the fill `mean` looks like. */
  meanColour: Colour
  /** All that its features depend on. */
  upstream: Readonly<Record<string, unknown>>
}

/** Opens the model of a run's folder; the caller disposes of it. Throws Failure RUN_DAMAGED where a file is missing or changed. */
export async function openTarget(folder: string): Promise<OpenedTarget> {
  const imported = readImported(folder)
  return imported ? openImported(folder, imported) : openTrained(folder)
}

function openTrained(folder: string): OpenedTarget {
  const { model } = loadClassifier(folder)
  const { config, scale } = model
  const weights = hashOf([join(folder, 'weights.safetensors')])
  return {
    ...{ model, shape: config, meanColour: scale.mean, upstream: { weights, config } },
    // The mean colour is 0 to the network.
    colours: { black: blackOf(model) },
  }
}

async function openImported(folder: string, about: ImportedFile): Promise<OpenedTarget> {
  const { config, meanColour: measured } = about
  const model = await loadImported(folder, about)
  const { mean, deviation } = pixelScale(config)
  const meanColour = measured ?? ([0.5, 0.5, 0.5] as const)
  const input = meanColour.map((value, c) => (value - (mean[c] ?? 0)) / (deviation[c] ?? 1)) as unknown as Colour
  const weights = hashOf(await importedFiles(folder, about))
  return {
    ...{ model, shape: config, meanColour, upstream: { weights, config } },
    colours: { black: blackOf(model), mean: input },
  }
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('hex')
}
