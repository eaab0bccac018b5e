import type { PictureId } from '@shared/ids'

/** A word as it is explained: its name, what is said of it, and its picture. */
export interface ExplainedWord {
  name: string
  description: string
  picture: PictureId | null
}

/** Where the picture of a word lies. */
export function pictureAddress(picture: PictureId): string {
  return `/media/pictures/${picture}.webp`
}

/** What the picture shows, for who does not see it: the word and what is said of it. */
export function pictureWords({ name, description }: ExplainedWord): string {
  return description ? `${name}: ${description}` : name
}

/** Whether more than its name is there to tell. */
export function isExplained({ description, picture }: ExplainedWord): boolean {
  return description !== '' || picture !== null
}
