import { megabytes } from '@shared/megabytes'
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { freemem, totalmem } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import type { z } from 'zod'
import type { Doctor, EngineReport } from '@shared/contract/system'
import type { MediaService } from '@main/media/media-service'

export type DoctorReport = z.infer<typeof Doctor>

const requirePackage = createRequire(import.meta.url)
const run = promisify(execFile)

/** What is in use on this machine, and why. */
export async function examine(
  engine: z.infer<typeof EngineReport>,
  media: MediaService,
  sqlite: string,
): Promise<DoctorReport> {
  const whole = (bytes: number) => Math.round(megabytes(bytes))
  const [decoders, browser] = await Promise.all([describeMedia(media), findBrowser(process.env)])
  return {
    studio: studioVersion(),
    engine,
    node: process.version,
    sqlite,
    media: decoders,
    browser,
    electron: findElectron(process.env),
    memory: { totalMb: whole(totalmem()), freeMb: whole(freemem()) },
  }
}

export function studioVersion(): string {
  for (const up of ['../..', '../../..', '../../../..']) {
    const file = join(import.meta.dirname, up, 'package.json')
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
  }
  return 'unknown'
}

async function describeMedia(media: MediaService): Promise<DoctorReport['media']> {
  const decoders = await media.decoders()
  const version = (name: string) => decoders.find((found) => found.name === name && found.available)?.about ?? null
  const nodeAv = version('node-av')
  const ffmpeg = version('ffmpeg')
  if (nodeAv) return { decoder: 'node-av', nodeAv, ffmpeg, reason: "FFmpeg's libraries in a process of their own" }
  if (ffmpeg)
    return { decoder: 'ffmpeg', nodeAv, ffmpeg, reason: 'node-av does not load here, so the ffmpeg program decodes' }
  return {
    decoder: 'none',
    nodeAv,
    ffmpeg,
    reason: 'Neither node-av nor an ffmpeg program is here; videos cannot be read',
  }
}

/** The browser that end-to-end tests use, on PATH under one of its names. */
async function findBrowser(env: NodeJS.ProcessEnv): Promise<DoctorReport['browser']> {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean)
  const path = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file))
  if (!path) return { path: null, version: null }
  const said = await run(path, ['--version'], { timeout: 5_000 }).catch(() => null)
  return { path, version: said ? (/[\d.]+/.exec(said.stdout)?.[0] ?? null) : null }
}

/** Looks at files only: requiring `electron` without its binary would try to download it. */
function findElectron(env: NodeJS.ProcessEnv): DoctorReport['electron'] {
  if (process.versions.electron) return { available: true, reason: `running in Electron ${process.versions.electron}` }
  try {
    const folder =
      env.ELECTRON_OVERRIDE_DIST_PATH ?? join(requirePackage.resolve('electron/package.json'), '..', 'dist')
    if (!existsSync(join(folder, 'version')))
      return { available: false, reason: "Electron's program is not installed; `npx install-electron` fetches it" }
  } catch {
    return { available: false, reason: 'the electron package is not installed' }
  }
  const hasDisplay = process.platform !== 'linux' || Boolean(env.DISPLAY ?? env.WAYLAND_DISPLAY)
  if (!hasDisplay) return { available: false, reason: 'this machine has no display' }
  return { available: true, reason: 'its program and a display are here' }
}
