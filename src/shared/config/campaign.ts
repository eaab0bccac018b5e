import { z } from 'zod'
import { choice } from './choice'

/** How answers are made one, in words. */
export const consensusWords = { dawidSkene: 'Dawid–Skene', majority: 'majority' } as const

/** How answers become one: what is set when a campaign is consolidated, stored with the layer it made. */
export const ConsensusRule = z.object({
  method: choice(consensusWords).default('dawidSkene').meta({
    title: 'Consensus of attributes',
    description:
      'Dawid–Skene weighs each person by how often they are right, found from the answers; a majority counts.',
  }),
  minAnswers: z.int().min(1).max(100).default(2).meta({
    title: 'Answers for a consensus',
    description: 'With fewer a reviewer decides.',
  }),
  sure: z.number().min(0.34).max(1).default(0.7).meta({
    title: 'Sure enough',
    description: 'A consensus that is less probable than this goes to a reviewer.',
  }),
  sameObject: z.number().min(0).max(1).default(0.3).meta({
    title: 'Same object',
    description: 'Least tube IoU at which boxes of two people are of one object.',
  }),
  drawnBy: z.number().min(0).max(1).default(0.5).meta({
    title: 'Share who drew it',
    description: 'An object that at most this share of people boxed goes to a reviewer.',
  }),
})
export type ConsensusRule = z.infer<typeof ConsensusRule>

/** What a campaign asks of whom; each may be changed while it runs. */
export const CampaignSettings = z.object({
  answersWanted: z.int().min(1).max(100).default(3).meta({ title: 'Answers wanted per item' }),
  minutesPerItem: z
    .number()
    .min(0.1)
    .max(24 * 60)
    .default(30)
    .meta({
      title: 'Time limit',
      unit: 'min',
      description: 'An item that lies longer with one person goes to others.',
    }),
  goldEvery: z.int().min(0).max(1000).default(6).meta({
    title: 'Gold item every',
    unit: 'items',
    description: 'How often a person is given an item whose right answer is known; 0 for never.',
  }),
  boxes: choice({ assigned: 'said to be present', all: 'every one of the campaign' }).default('assigned').meta({
    title: 'Attributes to box',
    description: 'Those said to be present in the video, or every one of the campaign.',
  }),
  ...ConsensusRule.shape,
})
export type CampaignSettings = z.infer<typeof CampaignSettings>
