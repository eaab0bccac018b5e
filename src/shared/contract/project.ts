import { z } from 'zod'
import { JobId } from '@shared/ids'
import { Name } from '@shared/name'
import { forAnnotators, forOwners, forReviewers } from './base'
import { PictureBytes } from './picture-bytes'

export const ProjectInfo = z.object({
  /** The same wherever its folder lies. */
  id: z.string(),
  /** Its folder. */
  path: z.string(),
  name: z.string(),
  schemaVersion: z.int(),
  videos: z.int(),
  classes: z.int(),
  attributes: z.int(),
  /** Videos that are damaged, failed, moved or lack what training needs. */
  problems: z.int(),
})
export type ProjectInfo = z.infer<typeof ProjectInfo>

/** The open project, as whoever asks may see it: those who only label are not told where it lies. */
export const OpenProject = ProjectInfo.extend({ path: z.string().nullable() })
export type OpenProject = z.infer<typeof OpenProject>

export const RecentProject = z.object({ path: z.string(), name: z.string(), openedAt: z.number(), exists: z.boolean() })
export type RecentProject = z.infer<typeof RecentProject>

export const Backup = z.object({
  /** Its name in the project's folder `backups`. */
  file: z.string(),
  reason: z.enum(['day', 'migration', 'restore', 'recovered']),
  /** When it was made, ms since 1970. */
  at: z.number(),
  bytes: z.number(),
})
export type Backup = z.infer<typeof Backup>

/** Longest guidelines, in UTF-16 units. */
const Markdown = z.string().max(200_000)

/** How a project says to answer, as it was written and as HTML that is safe to show; empty where nothing is said. */
export const ProjectGuidelines = z.object({ markdown: z.string(), html: z.string() })
export type ProjectGuidelines = z.infer<typeof ProjectGuidelines>

export const project = {
  current: forAnnotators
    .route({ method: 'GET', path: '/project', summary: 'The open project' })
    .output(OpenProject.nullable()),
  guidelines: forAnnotators
    .route({ method: 'GET', path: '/project/guidelines', summary: 'How the project says to answer' })
    .output(ProjectGuidelines),
  setGuidelines: forReviewers
    .route({ method: 'POST', path: '/project/guidelines', summary: 'Say how to answer, in Markdown (can be undone)' })
    .input(
      z.object({
        markdown: Markdown,
        gesture: z.string().max(100).optional().describe('Changes that share it are one step of undo'),
      }),
    )
    .output(ProjectGuidelines),
  /** Markdown refers to it as `![what it shows](picture:ID)`. PNG, JPEG or WebP. */
  addPicture: forReviewers
    .route({ method: 'POST', path: '/project/guidelines/pictures', summary: 'Add a picture to the guidelines' })
    .input(z.object({ base64: PictureBytes }))
    .output(z.object({ picture: z.string(), markdown: z.string() })),
  recent: forOwners
    .route({ method: 'GET', path: '/projects', summary: 'Projects opened lately' })
    .output(z.array(RecentProject)),
  create: forOwners
    .route({ method: 'POST', path: '/projects', summary: 'Make a new project in an empty folder' })
    .input(z.object({ path: z.string().min(1), name: Name.optional() }))
    .output(ProjectInfo),
  open: forOwners
    .route({ method: 'POST', path: '/project', summary: 'Open a project folder' })
    .input(z.object({ path: z.string().min(1) }))
    .output(ProjectInfo),
  /** Makes a project folder of a zip that holds a whole project, and opens it. */
  unpack: forOwners
    .route({ method: 'POST', path: '/projects/unpack', summary: 'Open a packed project in an empty folder' })
    .input(z.object({ archive: z.string().min(1), path: z.string().min(1) }))
    .output(ProjectInfo),
  close: forOwners.route({ method: 'DELETE', path: '/project', summary: 'Close the open project' }).output(z.null()),
  /** Also of a project that does not open any more. */
  backups: forOwners
    .route({ method: 'POST', path: '/project/backups', summary: 'Backups of a project, newest first' })
    .input(z.object({ path: z.string().min(1) }))
    .output(z.array(Backup)),
  restore: forOwners
    .route({ method: 'POST', path: '/project/restore', summary: 'Put a backup in the place of a project and open it' })
    .input(z.object({ path: z.string().min(1), backup: z.string().min(1) }))
    .output(ProjectInfo),
  /** For a project whose folder is gone: what was said in it is at hand while it is open. Refused for any other. */
  saveElsewhere: forOwners
    .route({
      method: 'POST',
      path: '/project/elsewhere',
      summary: 'Save the open project, whose folder is gone, in another one',
    })
    .input(z.object({ path: z.string().min(1) }))
    .output(ProjectInfo),
  /** Opens the quick tour's project, making it first when it is not there yet: the job says how far that is. */
  tour: forOwners
    .route({ method: 'POST', path: '/project/tour', summary: 'Open the quick tour' })
    .output(z.object({ project: ProjectInfo, job: JobId.nullable() })),
}
