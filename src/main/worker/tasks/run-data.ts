import type { Vocabulary } from '@main/runs/bundle'
import type { ClipRow } from '@main/runs/clip-rows'
import { type FilesPort, localRows } from '@main/worker/session/files-port'
import { type ClipShape, ProjectClips } from '@main/worker/session/project-clips'
import type { TaskSession } from '@main/worker/session/task-session'

/** A data set in the shape that a classifier sees. */
export async function clipsFor(
  session: TaskSession,
  rows: readonly ClipRow[],
  { files, vocabulary, shape }: { files: FilesPort; vocabulary: Vocabulary; shape: ClipShape },
): Promise<ProjectClips> {
  const { classes, attributes } = vocabulary
  const there = await localRows(files, rows)
  return new ProjectClips(there, classes.length, attributes.length, { shape, loader: session.loader() })
}
