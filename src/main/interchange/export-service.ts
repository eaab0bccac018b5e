import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { DataExport, ExportReport } from '@shared/contract/interchange'
import { visibleSpans } from '@shared/geometry/track'
import { Failure } from '@shared/failures'
import type { OnProgress } from '@shared/progress'
import { ZipFile } from 'yazl'
import { packProject, wholeProject } from './archive'
import { contentsOf } from './contents'
import type { NeutralVideo } from './dataset'
import { type Contents, type OutFile, checked, lostSpans, spansLost } from './format'
import { voicesOf, whoseOf } from './voices'
import type { InterchangeParts } from './import-service'

/** The moment every file of a zip bears, so that equal contents are equal bytes. */
const someDay = new Date(Date.UTC(2020, 0, 1))

/** Takes a project's data elsewhere. */
export class DataExportService {
  constructor(private readonly parts: Pick<InterchangeParts, 'project' | 'formats'>) {}

  /**
   * Writes the project as a file of a format; a format of several files as a folder, or as a zip where the name ends so.
   * Nothing stands under the name before all of it is written.
   * Rejects with Failure UNKNOWN_NAME for a format or person, BAD_SETTING, FOLDER_NOT_WRITABLE, INTERRUPTED.
   */
  async export(wanted: DataExport, signal: AbortSignal, progress?: OnProgress): Promise<ExportReport> {
    if (wanted.format === wholeProject.name) return this.pack(wanted, signal)
    const { format: name, out, options, videos } = wanted
    const { repositories } = this.parts.project
    const format = this.parts.formats.get(name)
    if (!format.write) throw new Failure('BAD_SETTING', { setting: 'format', reason: `${format.title} is only read` })
    const count = { videos: 0, tracks: 0, boxes: 0, spans: 0 }
    const whose = whoseOf(repositories, format, wanted)
    const all = contentsOf(repositories, { only: videos, whose })
    const contents = counting(all, count, () => {
      signal.throwIfAborted()
      progress?.({ label: 'writing videos', done: count.videos, total: all.videoCount, secondsLeft: null })
    })
    const beginning = `${out}.part`
    try {
      await mkdir(dirname(out), { recursive: true })
      const files = await writeAll(format.write(contents, options), { beginning, zipped: /\.zip$/i.test(out) })
      if (files.isFolder) await makeWay(out)
      await rename(beginning, out)
    } catch (error) {
      await rm(beginning, { recursive: true, force: true }).catch(() => {})
      if (signal.aborted) throw new Failure('INTERRUPTED', {}, { cause: error })
      if (error instanceof Failure) throw error
      throw new Failure('FOLDER_NOT_WRITABLE', { path: out, reason: String(error) }, { cause: error })
    }
    const isMerged = whose.kind === 'consensus' && voicesOf(repositories).length > 1
    const losses = [...format.losses, ...(isMerged ? ['what each person said: the consensus is written'] : [])]
    const { spans, ...written } = count
    return { format: format.name, out, ...written, losses: losses.flatMap((loss) => countedLoss(loss, spans)) }
  }

  /** The whole project as one zip, as `whynot pack` writes it. */
  private async pack({ out, options }: DataExport, signal: AbortSignal): Promise<ExportReport> {
    const { films } = checked(wholeProject.options, options)
    const { videos, missing } = await packProject(this.parts.project, out, { withFilms: films, signal })
    const gone = missing.map((name) => `the film of ${name}: it is not where it was`)
    const left = films ? [] : ['the films themselves']
    const losses = [...wholeProject.losses, ...left, ...gone]
    return { format: wholeProject.name, out, videos, tracks: 0, boxes: 0, losses }
  }
}

/** Spans that a file leaves out are counted; where there are none, nothing is left out. */
function countedLoss(loss: string, spans: number): string[] {
  if (loss !== spansLost) return [loss]
  return spans > 0 ? [lostSpans(spans)] : []
}

/** Puts an empty folder away for what is written; what somebody keeps in one is never touched. */
async function makeWay(folder: string): Promise<void> {
  const there = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (there.length > 0) {
    const reason = `the folder ${folder} is not empty; name one that is not there, or a zip`
    throw new Failure('BAD_SETTING', { setting: 'out', reason })
  }
  await rm(folder, { recursive: true, force: true })
}

function counting(
  contents: Contents,
  count: { videos: number; tracks: number; boxes: number; spans: number },
  beforeEach: () => void,
): Contents {
  const seen = new Set<string>()
  const add = ({ name, answers, tracks, frames }: NeutralVideo) => {
    if (seen.has(name)) return
    seen.add(name)
    count.videos += 1
    count.tracks += tracks.length
    count.spans += answers.filter(({ span }) => span !== null).length
    for (const { keyframes } of tracks)
      for (const { from, to } of visibleSpans(keyframes, frames ?? Infinity)) count.boxes += to - from + 1
  }
  return {
    ...contents,
    videos: function* (only) {
      for (const video of contents.videos(only)) {
        beforeEach()
        add(video)
        yield video
      }
    },
  }
}

async function writeAll(
  files: Iterable<OutFile>,
  { beginning, zipped }: { beginning: string; zipped: boolean },
): Promise<{ isFolder: boolean }> {
  const zip = zipped ? new ZipFile() : null
  const written = zip ? pipeline(zip.outputStream, createWriteStream(beginning)) : null
  let isFolder = false
  for (const { path, chunks } of files) {
    const stream = Readable.from(chunks, { objectMode: true })
    const bytes = Readable.from(toBytes(stream), { objectMode: false })
    if (zip) zip.addReadStream(bytes, path || 'data', { mtime: someDay, forceDosTimestamp: true })
    else {
      const to = path === '' ? beginning : join(beginning, path)
      isFolder ||= path !== ''
      await mkdir(dirname(to), { recursive: true })
      await pipeline(bytes, createWriteStream(to))
    }
  }
  zip?.end()
  await written
  return { isFolder }
}

async function* toBytes(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks)
    yield typeof chunk === 'string' ? Buffer.from(chunk.toWellFormed()) : Buffer.from(chunk)
}
