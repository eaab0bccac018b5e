import { z } from 'zod'
import { Tube } from '@shared/geometry/tube'
import { AttributeId, EvaluationId, Frame, OutcomeId, VideoId } from '@shared/ids'
import { forReviewers } from './base'

/** A strip of pictures (PNG), an animated picture that every browser shows (WebP), or a film. */
export const FilmFormat = z.enum(['strip', 'webp', 'mp4'])
export type FilmFormat = z.infer<typeof FilmFormat>

/** A file that was made in answer to a question, and is kept nowhere. */
export const MadeFile = z.object({ type: z.string().describe('MIME type'), base64: z.base64() })
export type MadeFile = z.infer<typeof MadeFile>

export const TubeFilm = z.object({
  video: VideoId,
  tube: Tube.min(1),
  attribute: AttributeId.nullable()
    .default(null)
    .describe('Gives the tube its colour; people’s boxes of it are drawn too'),
  sampled: z
    .array(Frame)
    .default([])
    .describe('Source frames of the clip that is shown; the frames of the tube where left out'),
  words: z.array(z.string().max(300)).max(4).default([]).describe('Lines above a strip'),
  format: FilmFormat,
})
export type TubeFilm = z.infer<typeof TubeFilm>

/** What outputs of an evaluation are written as: tables, a page with pictures, or a zip of a picture or film for each. */
export const OutcomeFormat = z.enum(['csv', 'json', 'html', ...FilmFormat.options])
export type OutcomeFormat = z.infer<typeof OutcomeFormat>

export const OutcomeFile = z.object({
  evaluation: EvaluationId,
  outcomes: z
    .array(OutcomeId)
    .min(1)
    .optional()
    .describe('The outputs wanted, in this order; the best one of each question where left out'),
  format: OutcomeFormat,
})
export type OutcomeFile = z.infer<typeof OutcomeFile>

export const films = {
  tube: forReviewers
    .route({ method: 'POST', path: '/films/tube', summary: 'A tube drawn over its video, as pictures or a film' })
    .input(TubeFilm)
    .output(MadeFile),
  outcomes: forReviewers
    .route({ method: 'POST', path: '/films/outcomes', summary: 'Outputs of an evaluation as a file' })
    .input(OutcomeFile)
    .output(MadeFile),
}
