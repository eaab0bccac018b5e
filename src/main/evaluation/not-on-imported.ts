import type { Evaluation } from '@shared/contract/evaluation'
import { needHead } from '@main/explanation/baselines'
import { methodWords } from '@shared/measure-words'

/** What an evaluation asks for that could not be measured on a model that was brought in, in sentences. */
export function notOnImported(
  { config, columns, state }: Pick<Evaluation, 'config' | 'columns' | 'state'>,
  { gradient }: { gradient: boolean } = { gradient: true },
): string[] {
  const { baselines, sanity } = config
  const names = baselines.filter((name) => needHead.includes(name)).map((name) => methodWords[name]?.name ?? name)
  const left =
    'not available for a model that was brought in: the layers behind its feature map are not known apart. Left out.'
  const asksGradient = baselines.includes('gradientInput')
  const lacksGradient = state === 'done' && asksGradient && !columns.some(({ method }) => method === 'gradientInput')
  return [
    ...(names.length > 0 ? [`${names.join(', ')}: ${left}`] : []),
    ...(asksGradient && !gradient ? ['Gradient x input: ONNX Runtime computes no gradients. Left out.'] : []),
    ...(gradient && lacksGradient
      ? ['Gradient x input: this model has a layer without a gradient on this engine. Left out.']
      : []),
    ...(sanity ? ['The check with a fresh network is not available for a model that was brought in. Left out.'] : []),
  ]
}
