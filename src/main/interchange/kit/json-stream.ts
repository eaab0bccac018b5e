import { JSONParser } from '@streamparser/json'
import { Failure } from '@shared/failures'
import { type Source, textOf } from '@main/interchange/source/source'
import type { Encoding } from '@main/interchange/source/text'

/** A value of a JSON file and where it stood: keys and positions from the root. */
export interface JsonPart {
  path: readonly (string | number)[]
  value: unknown
}

/** Values deeper than this are no annotations. */
const deepest = 200

/**
 * Values of a JSON file, one at a time, so that a file of half a gigabyte needs the memory of its largest value.
 * @param paths which ones, as `$.tracks.*`: `*` is any key or position
 * Throws Failure BAD_SETTING where the file is no JSON, saying where.
 */
export async function* jsonParts(
  source: Source,
  paths: readonly string[],
  encoding: Encoding = 'auto',
): AsyncGenerator<JsonPart> {
  const found: JsonPart[] = []
  const parser = new JSONParser({ paths: [...paths], keepStack: false })
  parser.onValue = ({ value, key, stack }) => {
    if (stack.length > deepest) throw new Error('it is nested too deeply')
    const path = [...stack.slice(1).map((one) => one.key), key].filter((one) => one !== undefined)
    found.push({ path: path as (string | number)[], value })
  }
  try {
    for await (const text of textOf(source, encoding)) {
      parser.write(text)
      yield* found.splice(0)
    }
    if (!parser.isEnded) parser.end()
    yield* found.splice(0)
  } catch (error) {
    if (error instanceof Failure) throw error
    const reason = `${source.name} is no whole JSON file (${error instanceof Error ? error.message : String(error)})`
    throw new Failure('BAD_SETTING', { setting: 'file', reason }, { cause: error })
  }
}

/** A whole small JSON file. Throws Failure BAD_SETTING. */
export function parsedJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Failure('BAD_SETTING', { setting: 'file', reason: `${name} is no JSON file (${String(error)})` })
  }
}
