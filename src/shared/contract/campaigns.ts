import { z } from 'zod'
import { CampaignSettings } from '@shared/config/campaign'
import { AttributeId, CampaignId, ItemId, PersonId, VideoId } from '@shared/ids'
import { Name } from '@shared/name'
import { forAnnotators, forOwners, forReviewers } from './base'
import { campaignResults } from './campaign-results'
import {
  Answers,
  Campaign,
  CampaignItem,
  CampaignKind,
  CampaignState,
  CampaignVideos,
  Given,
  NextTask,
  SkipReason,
  Task,
} from './campaign-words'
import { VideoFilter } from './library'

const ThisCampaign = z.object({ id: CampaignId })
const ThisItem = z.object({ item: ItemId })

/** Longest guidelines, in UTF-16 units. */
const Guidelines = z.string().max(200_000)

/** What people who answer read: safe HTML, and whose it is. */
const CampaignGuidelines = z.object({
  html: z.string(),
  of: z.enum(['campaign', 'project']).describe('The project is asked where the campaign says nothing'),
})
export type CampaignGuidelines = z.infer<typeof CampaignGuidelines>

/** What may be said of a campaign when it is made, and later. */
const Described = z.object({
  name: Name,
  videos: CampaignVideos.default('frozen'),
  filter: VideoFilter.prefault({}),
  attributes: z.array(AttributeId).max(1000).default([]).describe('The words asked about; all of them when left out'),
  settings: CampaignSettings.prefault({}),
  guidelines: Guidelines.default('').describe('Markdown'),
})

/** A new campaign, as it comes in. */
export const CreateCampaign = Described.extend({ kind: CampaignKind })
/** What is left out stays. Videos, filter and attributes may be changed in a draft only. */
export const ChangeCampaign = z.object({
  id: CampaignId,
  name: Name.optional(),
  videos: CampaignVideos.optional(),
  filter: VideoFilter.optional(),
  attributes: Described.shape.attributes.unwrap().optional(),
  settings: CampaignSettings.partial().optional(),
  guidelines: Guidelines.optional(),
})

const ItemsQuery = ThisCampaign.extend({
  answers: z.int().min(0).optional().describe('Only those with this many answers'),
  only: z.enum(['all', 'gold', 'skipped', 'inHand']).default('all'),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(200),
})
export type CreateCampaign = z.infer<typeof CreateCampaign>
export type ChangeCampaign = z.infer<typeof ChangeCampaign>
export type ItemsQuery = z.infer<typeof ItemsQuery>

/** What an annotator sees of a campaign they may answer in. */
const OwnCampaign = z.object({
  id: CampaignId,
  name: z.string(),
  kind: CampaignKind,
  state: CampaignState,
  done: z.int(),
  all: z.int(),
})

export const campaigns = {
  ...campaignResults,
  list: forReviewers
    .route({ method: 'GET', path: '/campaigns', summary: 'Campaigns, latest first' })
    .output(z.array(Campaign)),
  get: forReviewers
    .route({ method: 'GET', path: '/campaigns/{id}', summary: 'One campaign' })
    .input(ThisCampaign)
    .output(Campaign),
  create: forOwners
    .route({ method: 'POST', path: '/campaigns', summary: 'Make a campaign, as a draft' })
    .input(CreateCampaign)
    .output(Campaign),
  change: forOwners
    .route({ method: 'POST', path: '/campaigns/{id}', summary: 'Change a campaign' })
    .input(ChangeCampaign)
    .output(Campaign),
  setState: forOwners
    .route({ method: 'POST', path: '/campaigns/{id}/state', summary: 'Open, pause or close a campaign' })
    .input(ThisCampaign.extend({ state: CampaignState.exclude(['draft']) }))
    .output(Campaign),
  /** What people answered stays theirs; what the campaign kept of it goes, with its layer. */
  remove: forOwners
    .route({ method: 'DELETE', path: '/campaigns/{id}', summary: 'Delete a campaign' })
    .input(ThisCampaign)
    .output(z.null()),
  guidelines: forAnnotators
    .route({ method: 'GET', path: '/campaigns/{id}/guidelines', summary: 'The guidelines, as safe HTML' })
    .input(ThisCampaign)
    .output(CampaignGuidelines),
  /** Those open first, then the latest. */
  explained: forAnnotators
    .route({
      method: 'GET',
      path: '/videos/{video}/guidelines',
      summary: 'Campaigns that ask about a video and have guidelines',
    })
    .input(z.object({ video: VideoId }))
    .output(z.array(z.object({ id: CampaignId, name: z.string() }))),
  /** Markdown refers to it as `![what it shows](picture:ID)`. PNG, JPEG, WebP or GIF of 2 MB at most. */
  addPicture: forOwners
    .route({ method: 'POST', path: '/campaigns/{id}/pictures', summary: 'Add a picture to the guidelines' })
    .input(ThisCampaign.extend({ base64: z.base64().max(3_000_000) }))
    .output(z.object({ picture: z.string(), markdown: z.string() })),

  mine: forAnnotators
    .route({ method: 'GET', path: '/campaigns/mine', summary: 'Campaigns in which who asks may answer' })
    .output(z.array(OwnCampaign)),
  /** Whoever holds an item gets that one again. */
  next: forAnnotators
    .route({ method: 'POST', path: '/campaigns/{id}/next', summary: 'The next item of who asks' })
    .input(ThisCampaign)
    .output(NextTask),
  /** An item that who asks was given, to look at it or to answer it anew. */
  task: forAnnotators
    .route({ method: 'GET', path: '/items/{item}/task', summary: 'An item of who asks' })
    .input(ThisItem)
    .output(Task),
  hold: forAnnotators
    .route({ method: 'POST', path: '/items/{item}/hold', summary: 'Keep an item, and what was answered so far' })
    .input(ThisItem.extend({ draft: Answers.optional() }))
    .output(z.object({ leaseUntil: z.number() })),
  /**
   * Answers an item. Boxes are those that who asks has drawn in the video. An answer that comes after the time limit
   * counts all the same, and one that was given may be given anew.
   */
  submit: forAnnotators
    .route({ method: 'POST', path: '/items/{item}/answer', summary: 'Answer an item' })
    .input(
      ThisItem.extend({
        answers: Answers.default({}).describe('All that are asked; `unsure` is an answer'),
        seconds: z.number().min(0).optional().describe('Time it took; counted from when it was given when left out'),
      }),
    )
    .output(z.object({ done: z.int(), all: z.int() })),
  skip: forAnnotators
    .route({ method: 'POST', path: '/items/{item}/skip', summary: 'Leave an item to others, and say why' })
    .input(ThisItem.extend({ reason: SkipReason, note: z.string().max(2000).default('') }))
    .output(z.null()),

  items: forReviewers
    .route({ method: 'POST', path: '/campaigns/{id}/items', summary: 'Items of a campaign' })
    .input(ItemsQuery)
    .output(z.object({ rows: z.array(CampaignItem), total: z.int() })),
  given: forReviewers
    .route({ method: 'GET', path: '/items/{item}', summary: 'Everything people said of an item' })
    .input(ThisItem)
    .output(z.array(Given)),
  /** Makes gold of videos: right is what who asks has answered and drawn of them, or nothing any more. */
  setGold: forReviewers
    .route({ method: 'POST', path: '/campaigns/{id}/gold', summary: 'Make items gold by own answers' })
    .input(ThisCampaign.extend({ videos: z.array(VideoId).min(1).max(10_000), isGold: z.boolean().default(true) }))
    .output(z.object({ gold: z.int(), withoutAnswers: z.array(VideoId) })),
  /** One more answer than was wanted of it. */
  askAgain: forReviewers
    .route({ method: 'POST', path: '/campaigns/{id}/again', summary: 'Ask for one more answer' })
    .input(ThisCampaign.extend({ items: z.array(ItemId).default([]), answeredBy: PersonId.optional() }))
    .output(z.object({ items: z.int() })),
  /** Their answers stay, and count no more: not for the queue, not for quality, not for the consensus. */
  leaveOut: forReviewers
    .route({
      method: 'POST',
      path: '/campaigns/{id}/people/{person}',
      summary: 'Leave a person out, or take them back',
    })
    .input(ThisCampaign.extend({ person: PersonId, leftOut: z.boolean() }))
    .output(z.null()),
}
