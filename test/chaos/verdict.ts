import { join } from 'node:path'
import { AnnotationService } from '@main/annotation/annotation-service'
import { openProject } from '@main/project/project'
import { owner } from '@shared/actor'
import { halfFiles, isSound } from './half-files'
import type { Edit } from './victim'

export interface Verdict {
  /** Acknowledged edits that are not there. */
  lost: number
  integrityFailures: number
  /** Undoing did not take the last edit back, or redoing did not bring it again. */
  undoFailures: number
  halfFiles: string[]
}

/** Looks at a project after its host was killed, and opens it again. */
export function verdictOn(folder: string, acknowledged: readonly Edit[]): Verdict {
  const half = halfFiles(folder)
  const project = openProject(folder, { patienceMs: 5000 })
  try {
    const annotation = new AnnotationService(project, () => {})
    const videos = [...new Set(acknowledged.map(({ video }) => video))]
    let lost = 0
    let undoFailures = 0
    for (const video of videos) {
      const kept = new Set(framesOf(annotation, video))
      lost += acknowledged.filter((edit) => edit.video === video && !kept.has(edit.frame)).length
      if (!goesBackAndForth(annotation, video)) undoFailures++
    }
    return { lost, undoFailures, halfFiles: half, integrityFailures: isSound(join(folder, 'project.db')) ? 0 : 1 }
  } finally {
    project.close()
  }
}

function framesOf(annotation: AnnotationService, video: Edit['video']): number[] {
  return annotation.get(owner, video).tracks.flatMap(({ keyframes }) => keyframes.map(({ frame }) => frame))
}

/** Takes the last edits back, at most five, and does them again; each of them is one key frame. */
function goesBackAndForth(annotation: AnnotationService, video: Edit['video']): boolean {
  const before = JSON.stringify(annotation.get(owner, video).tracks)
  const steps = Math.min(5, framesOf(annotation, video).length - 1)
  for (let i = 0; i < steps; i++) {
    const count = framesOf(annotation, video).length
    const { frame } = annotation.undo(owner, video)
    const left = framesOf(annotation, video)
    if (frame === null || left.length !== count - 1 || left.includes(frame)) return false
  }
  for (let i = 0; i < steps; i++) annotation.redo(owner, video)
  return JSON.stringify(annotation.get(owner, video).tracks) === before
}
