import type { ExplainOptions } from '@shared/config/explainer'

/** What each way to find several tubes does; what it is called, the settings say. */
export const tubesWords: Readonly<Record<ExplainOptions['tubes'], string>> = {
  placed: 'Each on what it names, as far as the model can tell; else its own',
  own: 'Every attribute with its own best tube; they may lie on each other',
  exclude: 'Each keeps clear of the cells of those before it',
  iterate: 'Mask the best tube, ask again, until the model says B',
  whole: 'One search through all of it instead of the clip in its middle',
}
