import type { VideoRow } from '@shared/contract/library'

/** One line of the command palette. */
export interface Entry {
  id: string
  group: 'Commands' | 'Videos' | 'Attributes and runs'
  title: string
  note?: string
  aside?: string
  keys?: string
  icon?: string
  picture?: string
  slot?: number
  run: () => void
}

/** Where each part of `text` that matches a word of the search begins and ends, for marking. */
export function parts(text: string, search: string): { text: string; marked: boolean }[] {
  const word = search.trim().toLowerCase()
  const at = word ? text.toLowerCase().indexOf(word) : -1
  if (at < 0) return [{ text, marked: false }]
  const pieces = [
    { text: text.slice(0, at), marked: false },
    { text: text.slice(at, at + word.length), marked: true },
    { text: text.slice(at + word.length), marked: false },
  ]
  return pieces.filter((piece) => piece.text)
}

/** All words of the search, in any order, in any case. */
export function matches(text: string, search: string): boolean {
  const low = text.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => low.includes(word))
}

export function posterOf(video: VideoRow): string | undefined {
  return video.status === 'failed' ? undefined : `/media/${video.id}/poster.jpg`
}
