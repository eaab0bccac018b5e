import type { DataExport, Voice } from '@shared/contract/interchange'
import { Failure } from '@shared/failures'
import { WordIndex } from '@shared/match-names'
import type { PersonId } from '@shared/ids'
import type { Repositories } from '@main/store/repositories'
import type { Format } from './format'

/** Whose answers and boxes are written. */
export type Whose = { kind: 'consensus' } | { kind: 'each' } | { kind: 'one'; person: PersonId }

/** Everybody of whom there are answers or boxes, by name; the name of somebody of another project is the id. */
export function voicesOf(stored: Repositories): Voice[] {
  const names = new Map(stored.people.all().map(({ id, name }) => [id, name]))
  return [...new Set([...stored.answers.people(), ...stored.tracks.people()])]
    .map((person) => ({ person, name: names.get(person) ?? person }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * Whose answers an export is asked for. Throws Failure BAD_SETTING where the format has no place for several people's, or
 * nobody is named; UNKNOWN_NAME for a person who said nothing.
 */
export function whoseOf(stored: Repositories, format: Format, { whose, person }: DataExport): Whose {
  if (whose === 'consensus') return { kind: 'consensus' }
  if (whose === 'each') {
    if (format.people) return { kind: 'each' }
    const reason = `${format.title} holds one answer to a question: choose the consensus, or one person`
    throw new Failure('BAD_SETTING', { setting: 'whose', reason })
  }
  if (person === null) throw new Failure('BAD_SETTING', { setting: 'person', reason: 'say whose answers' })
  const voices = voicesOf(stored)
  const index = new WordIndex(
    voices.flatMap((item) => [...new Set([item.name, item.person])].map((name) => ({ item, name }))),
  )
  const { found } = index.find(person)
  if (found) return { kind: 'one', person: found.person }
  throw new Failure('UNKNOWN_NAME', { kind: 'person', name: person, known: voices.map(({ name }) => name) })
}
