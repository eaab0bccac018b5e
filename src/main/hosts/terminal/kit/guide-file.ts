import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Failure } from '@shared/failures'

/** A picture in Markdown whose place is a file. */
const picture = /!\[([^\]]*)\]\((?!picture:|https?:|data:)([^)\s]+)\)/g

/**
 * The guidelines in a Markdown file; the pictures that lie beside it are kept by `add`, and the text refers to those.
 * Rejects with Failure BAD_SETTING, named `option`, for what cannot be read.
 */
export async function guideInFile(
  file: string,
  option: string,
  add: (base64: string) => Promise<{ picture: string }>,
): Promise<string> {
  let text = read(file, option).toString('utf8')
  for (const [whole, alt = '', path = ''] of text.matchAll(picture)) {
    const added = await add(read(resolve(dirname(file), path), option).toString('base64'))
    text = text.replace(whole, `![${alt}](picture:${added.picture})`)
  }
  return text
}

function read(file: string, option: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure('BAD_SETTING', { setting: option, reason }, { cause: error })
  }
}
