import { z } from 'zod'

/** Which answers a run or a measurement takes for true. */
export const Layer = z.string().max(200).default('').meta({
  title: 'Layer of labels',
  description: 'What people say today where it is empty, or the consolidated layer of a campaign: its name.',
})
