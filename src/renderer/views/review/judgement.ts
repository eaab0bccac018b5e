import { enough } from '@shared/enough'
import type { Evaluation, MethodMetrics } from '@shared/contract/evaluation'
import { share } from '@renderer/desk/tube-view'

function valueOf(columns: readonly MethodMetrics[], method: string, key: string): number | null {
  return columns.find((column) => column.method === method)?.metrics[key]?.value ?? null
}

/**
 * What the numbers mean, in words. NCA rises with any mask large enough, so it is read beside the random tube and beside
 * concept accuracy (docs/evaluation.md).
 */
export function judgement({ columns }: Pick<Evaluation, 'columns'>): string {
  const [nca, random] = [valueOf(columns, 'method', 'ncaTop1'), valueOf(columns, 'randomTube', 'ncaTop1')]
  const [right, prior] = [
    valueOf(columns, 'method', 'rightAttribute'),
    valueOf(columns, 'classPrior', 'rightAttribute'),
  ]
  const concept = valueOf(columns, 'method', 'conceptTop1')
  const parts: string[] = []
  if (nca !== null && random !== null) {
    const times = random > 0 ? `${(nca / random).toFixed(1)} times` : 'far above'
    parts.push(
      nca > random * 1.3
        ? `Masking the tubes moves B ${times} as often as a random tube of equal area (${share(nca)} against ${share(random)}).`
        : `Masking the tubes moves B hardly more often than a random tube (${share(nca)} against ${share(random)}): the tubes say little yet.`,
    )
  }
  if (concept !== null) parts.push(`The tube lies on the attribute it names in ${share(concept)} of the outputs.`)
  if (right !== null && prior !== null && prior >= right)
    parts.push('The pair of classes alone names the attribute as well, so judge it by the tubes.')
  return parts.join(' ') || 'The numbers of this evaluation, each with the rows behind it.'
}

/** Below these the explanation's numbers say little about the model (docs/evaluation.md); null when it is good enough. */
export function classifierWarning({ columns }: Pick<Evaluation, 'columns'>): string | null {
  const [accuracy, confidence] = ['testAccuracy', 'testConfidence'].map((key) => valueOf(columns, 'classifier', key))
  const until = "The explanation's numbers say little about the model until it is better; train it longer."
  if (typeof accuracy === 'number' && accuracy < enough.accuracy)
    return `Test accuracy of the classifier is ${share(accuracy)}, below .97. ${until}`
  if (typeof confidence === 'number' && confidence < enough.confidence)
    return `Mean confidence of the classifier is ${share(confidence)}, below .95. ${until}`
  return null
}
