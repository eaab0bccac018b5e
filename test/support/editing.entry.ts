import { writeSync } from 'node:fs'
import { AnnotationService } from '@main/annotation/annotation-service'
import { openProject } from '@main/project/project'
import type { TrackId, VideoId } from '@shared/ids'
import { owner } from '@shared/actor'

/** Edits a project for ever, one key frame after the other, and says so after each: `<number>\n`. */
const [folder = '', video = '', track = ''] = process.argv.slice(2)
const annotation = new AnnotationService(openProject(folder), () => {})
for (let i = 1; ; i++) {
  const value = { box: { x1: i, y1: 0, x2: i + 1, y2: 1 }, outside: false, occluded: false }
  annotation.setKeyframe(owner, { video: video as VideoId, track: track as TrackId, frame: i, value })
  writeSync(1, `${i}\n`)
}
