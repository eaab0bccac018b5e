import { Failure } from '@shared/failures'

/** How the text of a file is written. `auto`: by its mark, by its zeros, else UTF-8. Others as the Encoding Standard names them. */
export type Encoding = string

/** Which encoding the first bytes speak for; null where they are no text. */
export function encodingOf(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const sample = head.subarray(0, 4096)
  const zeros = (odd: 0 | 1) => sample.reduce((sum, byte, i) => sum + Number(byte === 0 && i % 2 === odd), 0)
  const [even, odd] = [zeros(0), zeros(1)]
  if (even + odd === 0) return 'utf-8'
  // Latin letters in UTF-16 have a zero in every second byte, and none in the others.
  if (odd > sample.length / 8 && even === 0) return 'utf-16le'
  if (even > sample.length / 8 && odd === 0) return 'utf-16be'
  return null
}

/**
 * A decoder for a file that begins with `head`; a byte-order mark is not part of the text.
 * Throws Failure BAD_SETTING for an encoding nobody knows, and for bytes that are no text.
 */
export function decoderFor(
  name: string,
  head: Uint8Array,
  encoding: Encoding = 'auto',
): (bytes?: Uint8Array) => string {
  const found = encoding === 'auto' ? encodingOf(head) : encoding
  if (found === null) throw bad('file', `${name} is not a text file`)
  const decoder = decoderOf(found)
  return (bytes) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch (error) {
      const reason = `${name} is not written in ${found}; save it as UTF-8, or say how it is written, such as windows-1252 or euc-kr`
      throw new Failure('BAD_SETTING', { setting: 'encoding', reason }, { cause: error })
    }
  }
}

/** The beginning of a text, as far as it can be read; '' for bytes that are none. For a look, never for reading. */
export function glance(head: Uint8Array): string {
  const encoding = encodingOf(head)
  return encoding ? new TextDecoder(encoding).decode(head) : ''
}

function decoderOf(encoding: Encoding) {
  try {
    return new TextDecoder(encoding, { fatal: true })
  } catch (error) {
    const reason = `"${encoding}" is no encoding; utf-8, utf-16le, windows-1252, euc-kr and shift_jis are some`
    throw new Failure('BAD_SETTING', { setting: 'encoding', reason }, { cause: error })
  }
}

function bad(setting: string, reason: string): Failure {
  return new Failure('BAD_SETTING', { setting, reason })
}
