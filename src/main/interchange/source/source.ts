import { type Encoding, decoderFor, glance } from './text'

/**
 * What is read: a file, or a folder or zip of files. Paths inside have forward slashes and are in the order of code
 * points, so that the same files are always read in the same order.
 */
export interface Source {
  /** Without folders. */
  readonly name: string
  readonly isFolder: boolean
  /** Bytes of the file, or of all files. */
  readonly size: number
  /** Paths of the files inside; none for a file. */
  files(): readonly string[]
  /** A file inside. Throws Failure PATH_NOT_FOUND. */
  open(path: string): Source
  /** The bytes of a file, a piece at a time. */
  stream(): AsyncIterable<Uint8Array>
}

/** What a file looks like before it is read. */
export interface Sample {
  /** Without folders. */
  name: string
  isFolder: boolean
  /** The first bytes of a file. */
  head: Uint8Array
  /** The same as text; '' for bytes that are none. */
  text: string
  /** Paths of the files inside a folder or zip. */
  files: readonly string[]
}

const headBytes = 65_536

export async function sampleOf(source: Source): Promise<Sample> {
  const head = source.isFolder ? new Uint8Array() : await headOf(source)
  return { name: source.name, isFolder: source.isFolder, head, text: glance(head), files: source.files() }
}

/** The whole of a file. For formats that cannot be read a piece at a time. */
export async function bytesOf(source: Source): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of source.stream()) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** The text of a file, a piece at a time, without its byte-order mark. Throws Failure BAD_SETTING for what is no text. */
export async function* textOf(source: Source, encoding: Encoding = 'auto'): AsyncGenerator<string> {
  let decode: ReturnType<typeof decoderFor> | null = null
  for await (const piece of source.stream()) {
    decode ??= decoderFor(source.name, piece, encoding)
    yield decode(piece)
  }
  if (decode) yield decode()
}

/** The whole text of a file. */
export async function wholeText(source: Source, encoding: Encoding = 'auto'): Promise<string> {
  const pieces: string[] = []
  for await (const piece of textOf(source, encoding)) pieces.push(piece)
  return pieces.join('')
}

/** The lines of a text file with their numbers from 1; any line ends. The last one counts only when it holds something. */
export async function* linesOf(
  source: Source,
  encoding: Encoding = 'auto',
): AsyncGenerator<{ line: number; text: string }> {
  let line = 0
  let rest: string[] = []
  let isAfterReturn = false
  for await (const piece of textOf(source, encoding)) {
    // A line end of two signs may be cut in two.
    const [first = '', ...lines] = (isAfterReturn ? piece.replace(/^\n/, '') : piece).split(/\r\n|\n|\r/)
    isAfterReturn = piece === '' ? isAfterReturn : piece.endsWith('\r')
    rest.push(first)
    for (const text of lines) {
      yield { line: ++line, text: rest.join('') }
      rest = [text]
    }
  }
  const last = rest.join('')
  if (last) yield { line: ++line, text: last }
}

async function headOf(source: Source): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of source.stream()) {
    pieces.push(piece)
    length += piece.length
    if (length >= headBytes) break
  }
  return Buffer.concat(pieces).subarray(0, headBytes)
}

/** The same source, telling how many bytes are read from it. */
export function watched(source: Source, onBytes: (count: number) => void): Source {
  return {
    ...source,
    open: (path) => watched(source.open(path), onBytes),
    stream: async function* () {
      for await (const piece of source.stream()) {
        onBytes(piece.length)
        yield piece
      }
    },
  }
}
