import { ClassifierConfig } from '@shared/config/classifier'
import type { Run } from '@shared/contract/learning'
import { counted } from '../../format'

/** What kind of model a run makes: "C3D-ResNet, width 64", "on Classifier 6". */
export function modelWords({ kind, config }: Pick<Run, 'kind' | 'config'>, explains: string | undefined): string {
  if (kind === 'explainer') return explains ? `on ${explains}` : 'explanation'
  const parsed = ClassifierConfig.safeParse(config)
  return parsed.success ? `C3D-ResNet, width ${parsed.data.stem}, ${parsed.data.size} px` : 'C3D-ResNet'
}

export function dataWords({ trainVideos, testVideos }: Pick<Run, 'trainVideos' | 'testVideos'>): string {
  return `${counted(trainVideos, 'train clip')}, ${testVideos} test`
}
