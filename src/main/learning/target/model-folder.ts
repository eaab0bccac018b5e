import { readFile, stat } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { Failure } from '@shared/failures'
import { unfit } from './network'

/** Largest file that is read, bytes: what one message of protobuf can hold. */
const largest = 2 ** 31

/** A file of the model's folder. What lies outside is not read: a model says nothing of other files. */
export function besidePath(file: string, path: string): string {
  const folder = dirname(resolve(file))
  const whole = resolve(folder, path)
  if (relative(folder, whole).startsWith('..')) throw unfit(file, `Its weights lie outside its folder: ${path}`)
  return whole
}

/** The bytes of a plain file: a pipe or a device would be waited for. @throws Failure MODEL_UNFIT */
export async function wholeFile(file: string): Promise<Buffer> {
  try {
    const about = await stat(file)
    if (about.isDirectory()) throw unfit(file, 'The file cannot be read: it is a folder. Give the model in it.')
    if (!about.isFile()) throw unfit(file, 'It is no plain file, but a pipe or a device.')
    if (about.size > largest) throw unfit(file, 'It is larger than 2 GB.')
    return await readFile(file)
  } catch (error) {
    if (error instanceof Failure) throw error
    throw unfit(file, `The file cannot be read: ${whyUnread(error as NodeJS.ErrnoException)}`, error)
  }
}

function whyUnread({ code, message }: NodeJS.ErrnoException): string {
  return code === 'ENOENT' ? 'there is none of this name.' : message
}
