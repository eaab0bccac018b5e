import { z } from 'zod'

/** Longest name, in UTF-16 units. */
const longest = 200

/** Control characters and separators of lines, as ranges: the description of the API is read by those that know no \p{...} too. */
const notOfALine = String.raw`\u0000-\u001f\u007f-\u009f\u2028\u2029`

/** What a person calls a thing: one line of 1 to 200 characters, none of them a control character. Names that come in, by any door. */
export const Name = z
  .string()
  .trim()
  .min(1)
  .max(longest)
  .regex(new RegExp(`^[^${notOfALine}]*$`), 'A name is one line of text.')

/** Why a text is no name, as half a sentence; null where it is one. */
export function nameFault(text: string): string | null {
  if (Name.safeParse(text).success) return null
  if (text.trim() === '') return 'the name is empty'
  if (text.trim().length > longest) return `the name has more than ${longest} characters`
  return 'the name holds a line break or a control character'
}
