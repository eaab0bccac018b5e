import { z } from 'zod'
import { BoundedBox } from '@shared/geometry/box'
import { AttributeId, ClassId, Frame, VideoId } from '@shared/ids'
import { Name } from '@shared/name'
import { Starter, StarterName } from '@shared/starter-vocabularies'
import { forReviewers } from './base'
import { AttributeInfo } from './library'
import { PictureBytes } from './picture-bytes'

/** What hangs on a word or a class: what a change of it reaches. */
export const Reach = z.object({
  videos: z.int().describe('Videos that something is said of with it'),
  answers: z.int().describe('Answers of people to it; for a class 0'),
  tracks: z.int(),
  /** Names of the runs that learned it; they keep their own copy, under the name it has now. */
  runs: z.array(z.string()),
})
export type Reach = z.infer<typeof Reach>

/** Where a word's picture comes from: a file, or what a video shows, cut to a box with some room about it. */
export const PictureSource = z.union([
  z.object({ base64: PictureBytes }),
  z.object({
    video: VideoId,
    frame: Frame,
    box: BoundedBox.nullable().default(null).describe('Only this part of the frame, in source pixels'),
  }),
])
export type PictureSource = z.infer<typeof PictureSource>

export const vocabulary = {
  reach: forReviewers
    .route({ method: 'POST', path: '/vocabulary/reach', summary: 'What a change of a word or class would reach' })
    .input(z.union([z.object({ attribute: AttributeId }), z.object({ class: ClassId })]))
    .output(Reach),
  mergeAttributes: forReviewers
    .route({ method: 'POST', path: '/attributes/{id}/merge', summary: 'Join a word into another (can be undone)' })
    .input(z.object({ id: AttributeId, into: AttributeId }))
    .output(z.null()),
  starters: forReviewers
    .route({ method: 'GET', path: '/vocabulary/starters', summary: 'Small vocabularies to begin with' })
    .output(z.array(Starter)),
  adopt: forReviewers
    .route({
      method: 'POST',
      path: '/vocabulary/starters/{name}',
      summary: 'Begin an empty vocabulary with a small one (can be undone)',
    })
    .input(z.object({ name: StarterName }))
    .output(z.array(AttributeId)),
  splitAttribute: forReviewers
    .route({ method: 'POST', path: '/attributes/{id}/split', summary: 'Make finer words of one (can be undone)' })
    .input(z.object({ id: AttributeId, names: z.array(Name).min(1).max(20) }))
    .output(z.array(AttributeId)),
  setPicture: forReviewers
    .route({ method: 'POST', path: '/attributes/{id}/picture', summary: 'Give a word a picture (can be undone)' })
    .input(z.object({ id: AttributeId, from: PictureSource }))
    .output(AttributeInfo),
  removePicture: forReviewers
    .route({
      method: 'DELETE',
      path: '/attributes/{id}/picture',
      summary: "Take a word's picture away (can be undone)",
    })
    .input(z.object({ id: AttributeId }))
    .output(AttributeInfo),
  mergeClasses: forReviewers
    .route({ method: 'POST', path: '/classes/{id}/merge', summary: 'Join a class into another (can be undone)' })
    .input(z.object({ id: ClassId, into: ClassId }))
    .output(z.null()),
}
