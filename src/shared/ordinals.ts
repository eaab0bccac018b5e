import type { Frame } from './ids'

/**
 * Reads frames as people write them: "0,5,10-19", both ends inclusive. Returns them rising and each once, or null when
 * the text is something else or names more than `most`.
 */
export function parseOrdinals(text: string, most = 1_000_000): Frame[] | null {
  const found = new Set<Frame>()
  for (const part of text.split(',').map((part) => part.trim())) {
    const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? []
    const [from, to] = [Number(first), Number(last)]
    if (first === undefined || from > to || to - from + found.size >= most) return null
    for (let frame = from; frame <= to; frame++) found.add(frame)
  }
  return [...found].sort((a, b) => a - b)
}
