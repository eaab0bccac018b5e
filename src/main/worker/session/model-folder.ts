import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Failure } from '@shared/failures'
import { z } from 'zod'
import { replaceFolder, standing } from '@main/files/write-whole'
import { type Weights, readSafetensors } from '@main/learning/checkpoint/safetensors'

/** SHA-256 in hex of the files beside model.json, by name; none of models saved before they were stored. */
export const FileHashes = z.record(z.string(), z.string()).default({})
type FileHashes = z.infer<typeof FileHashes>

/** Puts model.json and the files it speaks of, with their hashes, in the place of a saved model; see `replaceFolder`. */
export function saveModel(folder: string, about: object, files: Readonly<Record<string, Uint8Array>>): void {
  const sha256 = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, hashOf(bytes)]))
  const all = { 'model.json': `${JSON.stringify({ ...about, sha256 }, null, 2)}\n`, ...files }
  replaceFolder(folder, (beside) => {
    for (const [name, content] of Object.entries(all)) writeFileSync(join(beside, name), content, { flush: true })
  })
}

/** What model.json says. Throws Failure RUN_DAMAGED. */
export function readAbout<T>(folder: string, schema: z.ZodType<T>): T {
  const text = bytesOf(folder, 'model.json').toString('utf8')
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw damaged(folder, 'model.json', 'it does not say how the model is built')
  }
}

/** The arrays of a weights file. Throws Failure RUN_DAMAGED where it is missing, cut off, or not what was written. */
export function weightsIn(folder: string, name: string, hashes: FileHashes): Weights {
  const bytes = checkedBytes(folder, name, hashes)
  try {
    // A Buffer's own slice shares memory, so the reader gets plain bytes.
    return readSafetensors(new Uint8Array(bytes)).weights
  } catch (error) {
    throw damaged(folder, name, error instanceof Error ? error.message : String(error))
  }
}

/** Throws Failure RUN_DAMAGED for the first file that is missing or is not what was written. */
export function checkFiles(folder: string, hashes: FileHashes): void {
  for (const name of Object.keys(hashes)) checkedBytes(folder, name, hashes)
}

export function hasFile(folder: string, name: string): boolean {
  return existsSync(standing(folder, name))
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function checkedBytes(folder: string, name: string, hashes: FileHashes): Buffer {
  const bytes = bytesOf(folder, name)
  const wanted = hashes[name]
  if (wanted !== undefined && hashOf(bytes) !== wanted)
    throw damaged(folder, name, 'it was changed or cut off since it was written: its SHA-256 is another one')
  return bytes
}

function bytesOf(folder: string, name: string): Buffer {
  try {
    return readFileSync(standing(folder, name))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw damaged(folder, name, code === 'ENOENT' ? 'it is missing' : message)
  }
}

/** The folder is runs/<run>/model or runs/<run>/last. */
export function damaged(folder: string, name: string, reason: string): Failure<'RUN_DAMAGED'> {
  return new Failure('RUN_DAMAGED', { run: basename(dirname(folder)), path: join(folder, name), reason })
}
