import { type Actor, may } from '@shared/actor'
import { pathFields } from './within-reach'

/** Fields that name places on the studio's machine, in answers and in what a failure carries. */
const places: ReadonlySet<string> = new Set([...pathFields, 'roots', 'recovered'])
/** Fields of free words, in which the system's own complaints name files. */
const wording: ReadonlySet<string> = new Set(['reason', 'message', 'notes'])

const quoted = /(['"`])(?:\/|[A-Za-z]:\\)[^'"`]*[/\\]([^'"`/\\]*)\1/g
const bare = /(?<![\w.:/\\])(?:\/|[A-Za-z]:\\)(?:[^\n/\\'"`:;,]+[/\\])+([^\s/\\'"`:;,]*)/g

/**
 * An answer, or what a failure carries, as this actor may see it: whoever only labels is told no place of the studio's
 * machine. Fields that are paths are null (in lists: gone), and paths in free words keep their last part. Whoever judges or
 * owns sees all. What is no plain data, such as a stream, is given on.
 */
export function seenBy<T>(actor: Actor, value: T): T {
  return may(actor, 'reviewer') ? value : (withoutPlaces(value) as T)
}

/** Free words as this actor may see them. */
export function wordsSeenBy(actor: Actor, words: string): string {
  return may(actor, 'reviewer') ? words : lastParts(words)
}

function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces)
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, field(name, inner)]))
}

function field(name: string, value: unknown): unknown {
  if (places.has(name)) return Array.isArray(value) ? [] : null
  if (!wording.has(name)) return withoutPlaces(value)
  if (typeof value === 'string') return lastParts(value)
  return Array.isArray(value)
    ? value.map((one: unknown) => (typeof one === 'string' ? lastParts(one) : withoutPlaces(one)))
    : withoutPlaces(value)
}

function lastParts(words: string): string {
  return words.replace(quoted, '$1$2$1').replace(bare, '$1')
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
