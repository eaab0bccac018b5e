import type { ExplainOptions } from '@shared/config/explainer'

/** The ways to find several tubes, as a person chooses among them. */
export const tubesWords: Readonly<Record<ExplainOptions['tubes'], { title: string; about: string }>> = {
  placed: { title: 'Placed tubes', about: 'Each on what it names, as far as the model can tell; else its own' },
  own: { title: 'Own tubes', about: 'Every attribute with its own best tube; they may lie on each other' },
  exclude: { title: 'Tubes apart', about: 'Each keeps clear of the cells of those before it' },
  iterate: { title: 'What must go for B?', about: 'Mask the best tube, ask again, until the model says B' },
  whole: { title: 'Whole video', about: 'One search through all of it instead of the clip in its middle' },
}
