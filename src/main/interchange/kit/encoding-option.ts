import { z } from 'zod'

/** How the text of a file is written. */
export const encodingOption = z
  .string()
  .default('auto')
  .describe('How the text is written: auto (UTF-8 and UTF-16), or a name such as windows-1252, euc-kr, shift_jis')
