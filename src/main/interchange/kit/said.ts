import type { Keyframe } from '@shared/geometry/track'
import type { LabelValue } from '@shared/contract/library'
import type { NeutralAnswer, NeutralTrack } from '@main/interchange/dataset'
import type { Contents } from '@main/interchange/format'

/** An answer of a person, as far as the file says. */
export function answer(attribute: string, value: LabelValue, more: Partial<NeutralAnswer> = {}): NeutralAnswer {
  return { attribute, value, source: 'person', person: null, at: null, span: null, confidence: null, ...more }
}

/** A track of an attribute. */
export function attributeTrack(
  attribute: string,
  keyframes: Keyframe[],
  more: Partial<NeutralTrack> = {},
): NeutralTrack {
  const said = { source: 'person' as const, person: null, at: null }
  return { ...said, kind: 'attribute', attribute, keyframes, name: null, ...more }
}

/** A track of whoever acts. */
export function actorTrack(keyframes: Keyframe[], more: Partial<NeutralTrack> = {}): NeutralTrack {
  return attributeTrack('', keyframes, { ...more, kind: 'actor', attribute: null })
}

/** Words of formats whose tracks and answers have no place for actors: this one stands for them. */
export const actorWord = 'actor'

/** The word a track is written under. */
export function wordOf({ kind, attribute }: Pick<NeutralTrack, 'kind' | 'attribute'>): string {
  return kind === 'actor' ? actorWord : (attribute ?? actorWord)
}

/** Every word that tracks and answers of a project may be written under, in a fixed order. */
export function wordsOf({ attributes }: Pick<Contents, 'attributes'>): string[] {
  return [...new Set([...attributes.map(({ name }) => name), actorWord])].sort()
}

/** A track read under a word. */
export function trackNamed(word: string, keyframes: Keyframe[], more: Partial<NeutralTrack> = {}): NeutralTrack {
  return word === actorWord ? actorTrack(keyframes, more) : attributeTrack(word, keyframes, more)
}
