import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { owner } from '@shared/actor'
import type { Split } from '@shared/contract/library'
import { AttributeId, ClassId, SpanId, TrackId, VideoId } from '@shared/ids'
import type { Keyframe } from '@shared/geometry/track'
import type { MediaRecord } from '@shared/media'
import { type Project, createProject } from '@main/project/project'
import { newId } from '@main/store/database/new-id'

/** A folder for one test, removed by its `remove`. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'whynot-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** A record as an import gives it, of a whole 90-frame video unless said otherwise. */
export function aRecord(values: Partial<MediaRecord> = {}): MediaRecord {
  const frames = values.frames ?? 90
  return {
    sha256: newId(VideoId),
    status: 'ok',
    reason: null,
    detail: null,
    decoder: 'node-av',
    decoderVersion: '8.0',
    codec: 'h264',
    frames,
    width: 320,
    height: 240,
    codedWidth: 320,
    codedHeight: 240,
    sar: 1,
    rotateClockwise: 0,
    mirrored: false,
    fps: 30,
    variable: false,
    editList: false,
    declaredFrames: frames,
    timestampsMs: Array.from({ length: frames }, (_, i) => (i * 1000) / 30),
    badFrames: [],
    streams: null,
    proxy: { file: 'clip.mp4', width: 320, height: 240, fps: 30, bytes: 1000 },
    ...values,
  }
}

/** A key frame with a box of 10 by 10 px at (x, 0) unless said otherwise. */
export function aKeyframe(frame: number, x = 0, values: Partial<Keyframe> = {}): Keyframe {
  return { frame, box: { x1: x, y1: 0, x2: x + 10, y2: 10 }, outside: false, occluded: false, ...values }
}

export interface VideoOfTest {
  name?: string
  class?: ClassId | null
  split?: Split | null
  path?: string
  record?: Partial<MediaRecord>
}

/** Writes what a test starts from, straight into a project's tables. */
export class ProjectBuilder {
  constructor(readonly project: Project) {}

  class(name: string): ClassId {
    const { classes } = this.project.repositories
    const id = newId(ClassId)
    classes.put({ id, name })
    return id
  }

  attribute(name: string): AttributeId {
    const { attributes } = this.project.repositories
    const id = newId(AttributeId)
    const [position, slot] = [attributes.nextPosition(), attributes.freeSlot()]
    attributes.put({ id, name, position, slot, group: '', side: 'none', description: '', hotkey: '', picture: null })
    return id
  }

  video({ name, class: of = null, split = null, path, record }: VideoOfTest = {}): VideoId {
    const id = newId(VideoId)
    const called = name ?? `clip ${id}`
    this.project.repositories.videos.insert({
      id,
      name: called,
      class: of,
      split,
      path: path ?? `/videos/${called}.mp4`,
      importedAt: Date.now(),
      record: aRecord(record),
    })
    return id
  }

  label(video: VideoId, attribute: AttributeId, value: 'present' | 'absent' | 'unsure' = 'present'): void {
    this.project.repositories.answers.set({ video, attribute, person: owner.id }, { value, at: null })
  }

  /** A span of the owner's, who then says that the attribute is present. */
  span(video: VideoId, attribute: AttributeId, [from, to]: readonly [number, number], person = owner.id): SpanId {
    const { answers, spans } = this.project.repositories
    const id = newId(SpanId)
    answers.set({ video, attribute, person }, { value: 'present', at: null })
    spans.insertAll([{ id, video, attribute, person, from, to, at: 0 }])
    return id
  }

  track(video: VideoId, attribute: AttributeId | null, keyframes: Keyframe[] = [aKeyframe(0)]): TrackId {
    const id = newId(TrackId)
    const kind = attribute ? 'attribute' : 'actor'
    const track = { id, video, attribute, kind, source: 'person', person: owner.id, keyframes } as const
    this.project.repositories.tracks.putAll([track])
    return id
  }
}

/** A new project in a folder of its own, with a builder on it. `remove` closes and deletes it. */
export function aProject(): { project: Project; build: ProjectBuilder; folder: string; remove: () => void } {
  const home = temporaryFolder()
  const folder = join(home.path, 'project')
  const project = createProject(folder, 'Test')
  return {
    project,
    build: new ProjectBuilder(project),
    folder,
    remove: () => {
      project.close()
      home.remove()
    },
  }
}
