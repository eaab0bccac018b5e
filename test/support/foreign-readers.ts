import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { NeutralTrack, NeutralVideo } from '@main/interchange/dataset'

const root = resolve(import.meta.dirname, '../..')

/**
 * Where programs of other people lie that read our files: a folder each, as `npm run slow -- formats` installs them, or
 * as WHYNOT_READERS says.
 */
export const readersFolder = process.env.WHYNOT_READERS ?? join(root, 'node_modules/.cache/whynot-readers')

/** Python packages the readers need, by folder. */
export const readerPackages: Readonly<Record<string, readonly string[]>> = {
  datumaro: ['datumaro==1.13.12'],
  'label-studio': ['label-studio-sdk==2.1.2'],
  dive: ['pydantic==1.10.26', 'pymongo==4.20.1', 'typing_extensions==4.16.0'],
}

export const python = process.env.PYTHON ?? 'python3'

export function hasReader(name: string): boolean {
  const there = existsSync(join(readersFolder, name))
  return there && (name !== 'dive' || existsSync(diveServer))
}

/** A checkout of DIVE lies beside its packages: its readers are in no registry. */
export const diveServer = join(readersFolder, 'dive-source/server')

interface FoundBox {
  frame: number
  label: string
  box: number[]
  track?: number | string
  occluded?: boolean
  enabled?: boolean
  fps?: number
}

export interface FoundByReader {
  videos: Record<string, FoundBox[]>
  answers: Record<string, [string, string][]>
}

/** What a program of somebody else finds in files of ours. */
export function readBy(reader: string, script: string, args: readonly string[]): FoundByReader {
  const file = join(root, 'test/independent/readers', script)
  const env = { ...process.env, PYTHONPATH: join(readersFolder, reader), PYTHONIOENCODING: 'utf-8' }
  const said = execFileSync(python, [file, ...args], { encoding: 'utf8', env, maxBuffer: 1 << 28, stdio: 'pipe' })
  return JSON.parse(said.trim().split('\n').at(-1) ?? '') as FoundByReader
}

const said = { source: 'person' as const, person: null, at: null }

function track(attribute: string, keyframes: NeutralTrack['keyframes']): NeutralTrack {
  return { ...said, kind: 'attribute', attribute, keyframes, name: null }
}

const box = (x1: number, y1: number, x2: number, y2: number) => ({ x1, y1, x2, y2 })

/** A video with all that goes wrong elsewhere: a gap, something hidden, a box beyond the picture, a name with quotes. */
export function knottyVideo(name: string): NeutralVideo {
  const person = track('person', [
    { frame: 3, box: box(10, 20, 40.5, 80), outside: false, occluded: false },
    { frame: 8, box: box(20, 25, 50.5, 85), outside: false, occluded: true },
    { frame: 13, box: box(20, 25, 50.5, 85), outside: true, occluded: true },
    { frame: 20, box: box(60, 20, 99.25, 80), outside: false, occluded: false },
    { frame: 30, box: box(60, 20, 99.25, 80), outside: true, occluded: false },
  ])
  const red = track('Fuß, "rot"', [
    { frame: 0, box: box(-5.5, 100, 30, 190), outside: false, occluded: false },
    { frame: 39, box: box(150, 100, 199, 179), outside: false, occluded: false },
  ])
  const answers = (['present', 'absent', 'unsure'] as const).map((value, i) => {
    const attribute = ['using pole', '赤い旗', 'a/b'][i] as string
    return { ...said, attribute, value, span: null, confidence: null }
  })
  return {
    ...{ name, sha256: null, path: null, class: null, split: null, group: null },
    ...{ frames: 40, width: 200, height: 180, fps: 25, answers, tracks: [person, red] },
  }
}
