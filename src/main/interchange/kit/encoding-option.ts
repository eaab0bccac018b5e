import { z } from 'zod'

/** How the text of a file is written. */
export const encodingOption = z.string().default('auto').meta({
  title: 'Encoding of the text',
  description: 'How the text is written: auto (UTF-8 and UTF-16), or a name such as windows-1252, euc-kr, shift_jis',
  on: 'read',
})
