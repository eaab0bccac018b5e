import type { RowNote } from '@main/interchange/dataset'
import type { Contents, Format, KnownVideo, OutFile, Part, Reading } from '@main/interchange/format'
import type { Source } from '@main/interchange/source/source'
import type { NeutralVideo } from '@main/interchange/dataset'

/** A file in memory. */
export function memoryFile(name: string, content: string | Uint8Array): Source {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return {
    ...{ name, isFolder: false, size: bytes.length, files: () => [] },
    open: (path) => {
      throw new Error(`${path} is not there`)
    },
    stream: async function* () {
      // In pieces, so that nothing counts on having a file at once.
      for (let at = 0; at < bytes.length; at += 1013) yield bytes.subarray(at, at + 1013)
    },
  }
}

/** A folder in memory; a single file of path '' is that file. */
export async function written(name: string, files: Iterable<OutFile>): Promise<Source> {
  const there = new Map<string, Buffer>()
  for (const { path, chunks } of files) {
    const pieces: Buffer[] = []
    for await (const chunk of chunks) pieces.push(Buffer.from(chunk))
    there.set(path, Buffer.concat(pieces))
  }
  const [[path, bytes] = ['', Buffer.alloc(0)]] = [...there]
  if (there.size === 1 && path === '') return memoryFile(name, bytes)
  return {
    ...{ name: name.replace(/\.\w+$/, ''), isFolder: true, size: 0, files: () => [...there.keys()].sort() },
    open: (inner) => memoryFile(inner.split('/').at(-1)!, there.get(inner)!),
    stream: () => {
      throw new Error('a folder has no bytes')
    },
  }
}

export interface Read {
  parts: Part[]
  /** What each video came to, all its pieces put together. */
  videos: Map<string, NeutralVideo>
  rows: number
  notes: RowNote[]
  /** What has no place in a project, and how often it is said. */
  losses: Map<string, number>
}

/** Reads a source with a format, knowing these videos. */
export async function readAll(
  format: Format,
  source: Source,
  { videos = [], options = {} }: { videos?: readonly KnownVideo[]; options?: object } = {},
): Promise<Read> {
  const read: Read = { parts: [], videos: new Map(), rows: 0, notes: [], losses: new Map() }
  const reading: Reading = {
    video: (name) => videos.find((video) => video.name === name || video.name === name.replace(/\.\w+$/, '')) ?? null,
    read: (rows) => void (read.rows += rows),
    note: (note) => void read.notes.push(note),
    lose: (what, count = 1) => void read.losses.set(what, (read.losses.get(what) ?? 0) + count),
    signal: new AbortController().signal,
  }
  for await (const part of format.read!(source, options, reading)) {
    read.parts.push(part)
    if (part.kind !== 'video') continue
    const before = read.videos.get(part.video.name)
    const both = (a: unknown, b: unknown) => a ?? b
    const merged = before
      ? (Object.fromEntries(
          Object.entries(part.video).map(([key, value]) => {
            const old = before[key as keyof NeutralVideo]
            return [key, Array.isArray(value) ? [...(old as unknown[]), ...value] : both(value, old)]
          }),
        ) as NeutralVideo)
      : part.video
    read.videos.set(part.video.name, merged)
  }
  return read
}

/** A video as a project knows it. */
export function knownVideo({ name, frames, width, height, fps }: NeutralVideo): KnownVideo {
  const timestampsMs = () => Array.from({ length: frames! }, (_, i) => (i * 1000) / fps!)
  return { name, frames: frames!, width: width!, height: height!, fps: fps!, timestampsMs }
}

/** Contents as an export hands them to a format. */
export function contentsOf(videos: readonly NeutralVideo[]): Contents {
  const words = [
    ...new Set(videos.flatMap((video) => [...video.answers, ...video.tracks].map((one) => one.attribute ?? ''))),
  ]
  return {
    classes: [],
    attributes: words.filter(Boolean).map((name) => ({ name, group: '', side: 'none' as const, description: '' })),
    priors: [],
    videoCount: videos.length,
    videos: (only) => (only ? videos.filter(({ name }) => only(name)) : videos),
    outcomes: () => [],
    known: (name) => {
      const video = videos.find((one) => one.name === name)
      return video ? knownVideo(video) : null
    },
  }
}
