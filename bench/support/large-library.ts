import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { createProject } from '@main/project/project'
import { folded, sortKey } from '@main/store/repositories/sort-key'
import { migrations } from '@main/store/migrations'

export interface LibrarySize {
  videos: number
  classes: number
  attributes: number
  labelsEach: number
  keyframesEach: number
}

/** 100,000 videos with a million answers and a million key frames. */
export const large: LibrarySize = { videos: 100_000, classes: 24, attributes: 40, labelsEach: 10, keyframesEach: 10 }

/** The large library, kept in the system's folder for temporary files, one for each version of the schema. */
export function largeLibrary(say: (line: string) => void): string {
  const folder = join(tmpdir(), `whynot-bench-library-${migrations.length}b`)
  if (existsSync(folder)) return folder
  say(`making ${large.videos} videos in ${folder}`)
  const unfinished = `${folder}-${process.pid}`
  rmSync(unfinished, { recursive: true, force: true })
  makeLibrary(unfinished, large)
  renameSync(unfinished, folder)
  return folder
}

/** Makes a project of this size in a new folder, written straight into the tables that the migrations left. */
export function makeLibrary(folder: string, size: LibrarySize): void {
  mkdirSync(folder)
  createProject(folder, 'A large library').close()
  // One file stands for all films: whoever looks whether they have moved finds them.
  writeFileSync(join(folder, 'film.mp4'), '')
  fill(new Sqlite(join(folder, 'project.db')), size)
}

const id = (letter: string, n: number) => `${letter}${String(n).padStart(12, '0')}`

function fill(db: Sqlite.Database, size: LibrarySize): void {
  db.pragma('synchronous = OFF')
  // They date a video at each of its rows; here all are dated at once.
  const triggers = db.prepare(`select name, sql from sqlite_master where type = 'trigger'`).all() as Trigger[]
  for (const { name } of triggers) db.exec(`drop trigger ${name}`)
  db.transaction(() => {
    words(db, size)
    videos(db, size)
    said(db, size)
    db.exec(`insert into label_change (video, at) select id, ${Date.now()} from video`)
    for (const { sql } of triggers) db.exec(sql)
  })()
  db.exec('vacuum; analyze')
  db.close()
}

interface Trigger {
  name: string
  sql: string
}

function words(db: Sqlite.Database, size: LibrarySize): void {
  const ofClass = db.prepare('insert into class (id, name) values (?, ?)')
  for (let i = 0; i < size.classes; i++) ofClass.run(id('c', i), `class ${i}`)
  const attribute = db.prepare(
    `insert into attribute (id, name, position, slot, "group", side, description) values (?, ?, ?, ?, '', 'none', '')`,
  )
  for (let i = 0; i < size.attributes; i++) attribute.run(id('a', i), `attribute ${i}`, i, i)
}

function videos(db: Sqlite.Database, size: LibrarySize): void {
  const row = db.prepare(`insert into video (id, name, sort_key, folded, class, split, path, moved, imported_at, sha256,
    status, decoder, decoder_version, codec, frames, width, height, coded_width, coded_height, sar, rotate_clockwise,
    mirrored, fps, variable, edit_list, proxy_file, proxy_width, proxy_height, proxy_fps, proxy_bytes)
    values (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, 'ok', 'node-av', '8', 'h264', ?, 320, 240, 320, 240, 1, 0, 0, 30, 0, 0,
    'film.mp4', 320, 240, 30, 0)`)
  for (let i = 0; i < size.videos; i++) {
    const name = `clip ${(i * 7919) % size.videos} of a name as long as they are`
    const of = i % 50 === 49 ? null : id('c', i % size.classes)
    const split = i % 5 === 0 ? 'test' : 'train'
    const sha256 = i.toString(16).padStart(64, '0')
    row.run(id('v', i), name, sortKey(name), folded(name), of, split, 'film.mp4', 1.7e12 + i, sha256, 60 + (i % 240))
  }
}

function said(db: Sqlite.Database, size: LibrarySize): void {
  const label = db.prepare(
    `insert into video_attribute (video, attribute, value, source, annotator) values (?, ?, ?, 'person', 'owner')`,
  )
  const answer = db.prepare(`insert into answer (video, attribute, person, value) values (?, ?, 'owner', ?)`)
  const track = db.prepare(
    `insert into track (id, video, attribute, kind, source, person) values (?, ?, ?, 'attribute', 'person', 'owner')`,
  )
  const keyframe = db.prepare(
    'insert into keyframe (track, frame, x1, y1, x2, y2, outside, occluded) values (?, ?, 10, 10, 60, 50, 0, 0)',
  )
  for (let i = 0; i < size.videos; i++) {
    for (let k = 0; k < size.labelsEach; k++) {
      const place = [id('v', i), id('a', (i + k * 4) % size.attributes)]
      const value = k % 3 === 2 ? 'absent' : 'present'
      answer.run(...place, value)
      label.run(...place, value)
    }
    track.run(id('t', i), id('v', i), id('a', i % size.attributes))
    for (let k = 0; k < size.keyframesEach; k++) keyframe.run(id('t', i), k * 5)
  }
}
