import { z } from 'zod'
import { CampaignId } from '@shared/ids'
import { forOwners } from './base'
import { RowReason } from './interchange'

const ThisCampaign = z.object({ id: CampaignId })

/** What an import of a crowd's answers did, or (dry run) would do. */
export const CrowdReport = z.object({
  dryRun: z.boolean(),
  rows: z.int(),
  workers: z.int(),
  /** Assignments taken, and those of them that took the place of what the same person had said of the item. */
  taken: z.int(),
  replaced: z.int(),
  /** Rejected ones: kept for the numbers of their workers, counted nowhere else. */
  rejected: z.int(),
  skipped: z.int(),
  labels: z.int(),
  tracks: z.int(),
  /** Names that are no video of the campaign, and words it does not ask about. */
  otherVideos: z.array(z.string()),
  otherWords: z.array(z.string()),
  reasons: z.array(RowReason),
})
export type CrowdReport = z.infer<typeof CrowdReport>

/** A batch and pages to write. */
export const WriteCrowd = ThisCampaign.extend({
  folder: z.string().min(1).describe('Folder to write into'),
  videosAt: z
    .string()
    .max(2000)
    .default('')
    .describe('Where the films are to be found, as https://…/clips/; beside the pages when left out'),
  excel: z.boolean().default(false).describe('Begin the batch with a byte-order mark, as Excel wants it'),
  pictures: z.boolean().default(true).describe('Put the pictures of words and guidelines into the pages'),
})
export type WriteCrowd = z.infer<typeof WriteCrowd>

/** What was written, and which of its pages are larger than a question of Mechanical Turk may be. */
const WrittenCrowd = z.object({
  folder: z.string(),
  files: z.array(z.string()),
  videos: z.int(),
  tooLarge: z.array(z.object({ name: z.string(), bytes: z.int() })),
})
export type WrittenCrowd = z.infer<typeof WrittenCrowd>

/** Answers to bring in. */
export const ImportCrowd = ThisCampaign.extend({ path: z.string().min(1), dryRun: z.boolean().default(false) })
export type ImportCrowd = z.infer<typeof ImportCrowd>

/** Who is paid, who is not and why, and who gets more. */
export const DecideCrowd = ThisCampaign.extend({
  path: z.string().min(1).describe('The results file, as it came'),
  folder: z.string().min(1).describe('Folder to write into'),
  reject: z
    .string()
    .max(1000)
    .default('')
    .describe('Why assignments of people who are left out are rejected; nobody is when left out'),
  bonus: z
    .object({
      amount: z.number().positive().max(1000).describe('For each approved assignment'),
      gold: z.number().min(0).max(1).default(0.9).describe('To those who are right on gold at least so often'),
      goldSeen: z.int().min(1).default(3).describe('And saw at least so many gold items'),
    })
    .optional(),
})
export type DecideCrowd = z.infer<typeof DecideCrowd>

export const crowds = {
  /** A batch and a page for each thing asked. */
  write: forOwners
    .route({ method: 'POST', path: '/campaigns/{id}/crowd', summary: 'Write batch and pages for a crowd' })
    .input(WriteCrowd)
    .output(WrittenCrowd),
  /** Batch results of Mechanical Turk, or answers of any crowd as JSON. All of it is one step. */
  import: forOwners
    .route({ method: 'POST', path: '/campaigns/{id}/crowd/answers', summary: 'Bring in answers of a crowd' })
    .input(ImportCrowd)
    .output(CrowdReport),
  /** Decisions, bonuses and everybody in numbers: three files beside each other. */
  decide: forOwners
    .route({ method: 'POST', path: '/campaigns/{id}/crowd/decisions', summary: 'Approve or reject assignments' })
    .input(DecideCrowd)
    .output(
      z.object({
        ...{ folder: z.string(), files: z.array(z.string()) },
        ...{ approved: z.int(), rejected: z.int(), bonuses: z.int(), workers: z.int() },
      }),
    ),
}
