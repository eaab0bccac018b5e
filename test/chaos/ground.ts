import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { encodeClip, picturesIn } from '@main/media/files/encode-clip'
import { openDecoder } from '@main/media/decode/open-decoder'
import { createProject, openProject } from '@main/project/project'
import { movingPixels } from '../../bench/support/films'
import { aKeyframe, ProjectBuilder } from '../support/project'
import { type Edit, Victim } from './victim'

/** A folder for everything, removed at the end. */
export function aGround(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'whynot-chaos-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** Makes a project at `folder`. */
export function layProject(folder: string): void {
  createProject(folder, 'Chaos').close()
}

/** Adds a video with one track of one key frame, at 0, whose edits are to come. */
export function layTrack(folder: string): Omit<Edit, 'frame'> {
  const project = openProject(folder)
  const build = new ProjectBuilder(project)
  const video = build.video({ record: { frames: 1_000_000, timestampsMs: [] } })
  const track = build.track(video, build.attribute(`of ${video}`), [aKeyframe(0)])
  project.close()
  return { video, track }
}

/** `count` clips of half a second, each its own, and those of another `first` others. */
export async function layClips(folder: string, count: number, first = 0): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  const decoder = await openDecoder('auto')
  const size = { width: 96, height: 64 }
  const files: string[] = []
  for (let i = 0; i < count; i++) {
    const file = join(folder, `clip${i}.mp4`)
    const pictures = picturesIn(movingPixels(12, size.width, size.height, first + i), size.width, size.height)
    await encodeClip(decoder, pictures, { file, ...size, fps: 25, lossless: false })
    files.push(file)
  }
  return files
}

/** A project of two classes whose clips are there to be learnt, made by a host. */
export async function layTrainable(main: string, ground: string): Promise<string> {
  const project = join(ground, 'trainable')
  layProject(project)
  const classes = ['left', 'right'].map((name) => join(ground, 'classes', name))
  for (const [i, folder] of classes.entries()) await layClips(folder, 4, 10 + 4 * i)
  const host = await Victim.start(main, join(ground, 'home'))
  try {
    await host.open(project)
    await host.import(classes)
  } finally {
    await host.kill()
  }
  return project
}

/** Lets another process hold the write lock of a database; resolves when it has it, with the promise of its end. */
export async function foreignLock(database: string, ms: number): Promise<{ over: Promise<void> }> {
  const script = resolve(import.meta.dirname, 'hold-lock.mjs')
  const child = spawn(process.execPath, [script, database, String(ms)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const over = new Promise<void>((done) => child.once('exit', () => done()))
  await Promise.race([new Promise((held) => child.stdout.once('data', held)), over])
  return { over }
}

/** A disk of `mb` megabytes in memory at `folder`, or null where this account may mount none. */
export function smallDisk(folder: string, mb: number): Disposable | null {
  mkdirSync(folder, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mb}m`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return null
  }
  return { [Symbol.dispose]: () => execFileSync('umount', ['-l', folder]) }
}
