import { importedConfig, trainedConfig } from '@shared/config/imported-model'
import type { Run } from '@shared/contract/learning'
import { counted, memory } from '@renderer/words/format'
import { stateLook } from '@renderer/words/job-words'

/** What kind of model a run makes: "C3D-ResNet, width 64", "on Classifier 6". */
export function modelWords({ kind, config }: Pick<Run, 'kind' | 'config'>, explains: string | undefined): string {
  if (kind === 'explainer') return explains ? `on ${explains}` : 'explanation'
  const imported = importedConfig(config)
  if (imported) return `brought in, ${imported.size} px`
  const trained = trainedConfig(config)
  return trained ? `C3D-ResNet, width ${trained.stem}, ${trained.size} px` : 'C3D-ResNet'
}

export function dataWords({
  config,
  trainVideos,
  testVideos,
}: Pick<Run, 'config' | 'trainVideos' | 'testVideos'>): string {
  if (importedConfig(config)) return `${testVideos} test`
  return `${counted(trainVideos, 'train clip')}, ${testVideos} test`
}

/** State of a run in a word. */
export function stateWord({ state, stoppedEarly }: Pick<Run, 'state' | 'stoppedEarly'>): string {
  return state === 'cancelled' && stoppedEarly ? 'stopped early' : stateLook[state].word
}

const headlineWords: Readonly<Record<string, string>> = {
  loss: 'Loss',
  trainAccuracy: 'Training accuracy',
  validationAccuracy: 'Validation accuracy',
  validationConfidence: 'Confidence on validation',
  testAccuracy: 'Test accuracy',
  testConfidence: 'Mean confidence',
  bound: 'Bound',
  attributeRms: 'Size of attribute weights',
  presenceLoss: 'Loss of presence',
}

/** What a number is called that a run ended with. */
export function headlineWord(key: string): string {
  return headlineWords[key] ?? key
}

/** "It frees 12 MB, with 2 explanations that go too." */
export function freedWords({ bytes, explanations }: { bytes: number; explanations: number }): string {
  const more = explanations > 1 ? `${explanations} explanations` : 'the explanation'
  return `It frees ${memory(bytes / 1e6)}${explanations > 0 ? `, with ${more} of it that go${explanations > 1 ? '' : 'es'} too` : ''}.`
}
