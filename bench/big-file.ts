import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { apart } from './support/apart'
import { bigFiles } from './support/big-files'
import { inFolder } from './support/measure'

/**
 * Files of half a gigabyte brought in: seconds, boxes, the most memory, how often progress was told, and how soon a stop
 * is heard. Names of files among the words of the command (`coco.json mot/long.txt`) choose some.
 */
export async function bench(say: (line: string) => void): Promise<Record<string, unknown>> {
  const asked = Object.keys(bigFiles).filter((name) => process.argv.includes(name))
  const names = asked.length > 0 ? asked : Object.keys(bigFiles)
  const found: Record<string, unknown> = {}
  await inFolder(async (folder) => {
    for (const name of names) {
      const path = join(folder, name)
      mkdirSync(dirname(path), { recursive: true })
      await pipeline(Readable.from(bigFiles[name]!()), createWriteStream(path))
      found[name] = { ...(await alone({ path, stop: false })), ...(await alone({ path, stop: true })) }
      say(`${name}: ${JSON.stringify(found[name])}`)
      rmSync(path)
    }
  })
  return found
}

/** An import in a process of its own. */
async function alone(input: { path: string; stop: boolean }): Promise<Record<string, unknown>> {
  const child = await apart('bench/support/big-import.ts')
  try {
    return await child.ask<typeof input, Record<string, unknown>>(input)
  } finally {
    child.end()
  }
}
