import { z } from 'zod'

/** Largest file of a picture, bytes; a call is no larger than 16 MB. */
export const largestPicture = 10_000_000

/** A picture as a call carries it. */
export const PictureBytes = z
  .string()
  .min(1)
  .max(Math.ceil(largestPicture / 3) * 4)
  .describe('A PNG, JPEG or WebP file, base64')
