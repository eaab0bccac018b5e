/** Which bytes of a file answer a request: the whole, a part, or none because the range lies outside. */
export type Slice = { status: 200 | 206; from: number; to: number } | { status: 416 }

/**
 * Answers a Range header for a file of `size` bytes: `a-b`, `a-` and `-n` of the unit bytes (RFC 9110, 14.1.2).
 * Several ranges, other units and headers that make no sense are ignored, as the RFC allows: the whole file is sent.
 * @returns `from` and `to` both inclusive; an empty file has `to` -1
 */
export function sliceRange(header: string | null | undefined, size: number): Slice {
  const whole: Slice = { status: 200, from: 0, to: size - 1 }
  const match = /^bytes=\s*(\d*)-(\d*)\s*$/.exec(header ?? '')
  if (!match) return whole
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return whole
  if (first === '') return suffix(Number(last), size)
  const from = Number(first)
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < from) return whole
  return from < size ? { status: 206, from, to } : { status: 416 }
}

function suffix(length: number, size: number): Slice {
  if (length === 0 || size === 0) return { status: 416 }
  return { status: 206, from: Math.max(0, size - length), to: size - 1 }
}

/** The headers that go with a slice. */
export function rangeHeaders(slice: Slice, size: number): Record<string, string> {
  if (slice.status === 416) return { 'accept-ranges': 'bytes', 'content-range': `bytes */${size}` }
  const length = { 'accept-ranges': 'bytes', 'content-length': String(slice.to - slice.from + 1) }
  return slice.status === 200 ? length : { ...length, 'content-range': `bytes ${slice.from}-${slice.to}/${size}` }
}
