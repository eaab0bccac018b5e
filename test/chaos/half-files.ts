import { readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { unfinishedEnding } from '@main/files/write-whole'
import { hashOf } from '@main/worker/session/model-folder'

/** A folder that is to take the place of another one, or is about to go. */
const inBetween = /\.(new|old)([/\\]|$)/

/** Files below `folder` that bear their final name and are not whole. */
export function halfFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(({ parentPath, name }) => !inBetween.test(parentPath) && !isUnfinished(name))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !isWhole(file))
}

/** Names that say so themselves: of files written beside, and the hidden ones of a media folder. */
function isUnfinished(name: string): boolean {
  return name.endsWith(unfinishedEnding) || name.startsWith('.')
}

function isWhole(file: string): boolean {
  // The database that was just killed is judged by its own check, with its log beside it.
  if (file.endsWith('.db')) return file.endsWith('project.db') || isSound(file)
  if (file.endsWith('.mp4')) return isWholeMp4(readFileSync(file))
  if (file.endsWith('.jpg'))
    return readFileSync(file)
      .subarray(-2)
      .equals(Buffer.from([0xff, 0xd9]))
  if (file.endsWith('.safetensors')) return isAsWritten(file)
  if (file.endsWith('.json')) return isJson(readFileSync(file, 'utf8'))
  return true
}

/** Whether SQLite finds nothing wrong with a database. */
export function isSound(file: string): boolean {
  try {
    const db = new Sqlite(file)
    const said = db.pragma('integrity_check', { simple: true })
    db.close()
    return said === 'ok'
  } catch {
    return false
  }
}

/** Boxes of ISO/IEC 14496-12 that end where the file ends, `moov` among them. */
function isWholeMp4(bytes: Buffer): boolean {
  const names: string[] = []
  let at = 0
  while (at + 8 <= bytes.length) {
    const short = bytes.readUInt32BE(at)
    names.push(bytes.toString('latin1', at + 4, at + 8))
    const long = short === 1 && at + 16 <= bytes.length
    const size = long ? Number(bytes.readBigUInt64BE(at + 8)) : short || bytes.length - at
    if (size < 8) return false
    at += size
  }
  return at === bytes.length && names.includes('moov')
}

/** Whether weights are those whose hash stands beside them. */
function isAsWritten(file: string): boolean {
  const about = JSON.parse(readFileSync(join(dirname(file), 'model.json'), 'utf8')) as {
    sha256: Record<string, string>
  }
  return about.sha256[basename(file)] === hashOf(readFileSync(file))
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
