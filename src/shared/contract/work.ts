import { z } from 'zod'
import { PersonId, VideoId } from '@shared/ids'
import { forAnnotators, forReviewers } from './base'
import { VideoQuery } from './library'
import { WorkState } from './work-state'

export const Work = z.object({
  video: VideoId,
  person: PersonId,
  name: z.string().describe('What the person is called'),
  state: WorkState,
  /** Why it was skipped, or what the reviewer wants mended; null where nothing was written. */
  note: z.string().nullable(),
  /** ms since 1970; null while it is new or started. */
  at: z.number().nullable(),
})
export type Work = z.infer<typeof Work>

/** Videos a person goes through, as they were listed when it was entered, and where in them the person stands. */
export const WorkQueue = z.object({
  name: z.string(),
  /** Whether its videos are to be labelled, or what others submitted is to be reviewed. */
  kind: z.enum(['label', 'review']),
  total: z.int(),
  /** Submitted, skipped or reviewed by this person; in a review: those that wait for nobody any more. */
  done: z.int(),
  /** The video the person looked at last. */
  at: VideoId.nullable(),
  /** Place, from 0, of the video asked about; null where it is not in the queue. */
  index: z.int().nullable(),
  previous: VideoId.nullable(),
  next: VideoId.nullable(),
  /** The next one that is not done, from there on and round; null when all are. */
  open: VideoId.nullable(),
})
export type WorkQueue = z.infer<typeof WorkQueue>

/** Which videos a queue is made of. */
export const QueueOf = z.discriminatedUnion('what', [
  /** All that match, in their order; or only some of them, or all but some. */
  z.object({
    what: z.literal('videos'),
    query: VideoQuery,
    only: z.array(VideoId).optional(),
    except: z.array(VideoId).default([]),
  }),
  z.object({ what: z.literal('returned') }),
  z.object({ what: z.literal('submitted') }),
])
export type QueueOf = z.infer<typeof QueueOf>

const Note = z.string().trim().min(1).max(2000)
const OfPerson = z.object({ video: VideoId, person: PersonId })

export const work = {
  get: forAnnotators
    .route({ method: 'GET', path: '/videos/{video}/work', summary: 'How far people are with a video' })
    .input(z.object({ video: VideoId }))
    .output(z.object({ own: Work, others: z.array(Work).describe('For reviewers: those who said something of it') })),
  submit: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/work/submit', summary: 'Submit what one said of a video' })
    .input(z.object({ video: VideoId }))
    .output(Work),
  skip: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/work/skip', summary: 'Leave a video out, with a reason' })
    .input(z.object({ video: VideoId, reason: Note }))
    .output(Work),
  reopen: forAnnotators
    .route({ method: 'POST', path: '/videos/{video}/work/reopen', summary: 'Take back a submission or a skip' })
    .input(z.object({ video: VideoId }))
    .output(Work),
  accept: forReviewers
    .route({ method: 'POST', path: '/videos/{video}/work/accept', summary: 'Accept what a person submitted' })
    .input(OfPerson)
    .output(Work),
  sendBack: forReviewers
    .route({ method: 'POST', path: '/videos/{video}/work/return', summary: 'Return a submission, with what to mend' })
    .input(OfPerson.extend({ note: Note }))
    .output(Work),
  waiting: forAnnotators.route({ method: 'GET', path: '/work/waiting', summary: 'What waits for this person' }).output(
    z.object({
      returned: z.int().describe('Own videos that a reviewer returned'),
      submitted: z.int().describe('Videos of others to review; 0 for those who may not'),
    }),
  ),
  queue: forAnnotators
    .route({ method: 'GET', path: '/work/queue', summary: "This person's queue, and where a video stands in it" })
    .input(z.object({ video: VideoId.optional() }))
    .output(WorkQueue.nullable()),
  /** Lists the videos once; what they are annotated with later changes nothing about the list. */
  enterQueue: forAnnotators
    .route({ method: 'POST', path: '/work/queue', summary: 'Begin a queue in the place of the one before' })
    .input(z.object({ name: z.string().min(1).max(200), of: QueueOf, at: VideoId.optional() }))
    .output(WorkQueue),
  /** Says which video the person is at, so that the queue goes on there another day. */
  stand: forAnnotators
    .route({ method: 'POST', path: '/work/queue/at', summary: 'Go to a video of the queue' })
    .input(z.object({ video: VideoId }))
    .output(WorkQueue.nullable()),
  leaveQueue: forAnnotators
    .route({ method: 'DELETE', path: '/work/queue', summary: 'Leave the queue' })
    .output(z.null()),
}
