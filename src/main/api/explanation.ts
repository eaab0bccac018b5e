import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

export function explanationApi(studio: Studio) {
  const { explanation } = contractOf
  const explanations = () => studio.workspace().explanations
  return {
    predict: explanation.predict.handler(({ input, signal }) => explanations().predict(input, signal)),
    explain: explanation.explain.handler(({ input, signal }) => explanations().explain(input, signal)),
    second: explanation.second.handler(({ input, signal }) => explanations().second(input, signal)),
    check: explanation.check.handler(({ input, signal }) => explanations().check(input, signal)),
    heat: explanation.heat.handler(({ input, signal }) => explanations().heat(input, signal)),
    html: explanation.html.handler(({ input, signal }) => explanations().html(input, signal)),
  }
}
