import type { Run } from '@shared/contract/learning'
import type { Split } from '@shared/contract/library'
import type { RunId } from '@shared/ids'
import type { Repositories } from '@main/store/repositories'
import type { Vocabulary } from '@main/store/repositories/run-repository'
import { type ClipRow, type ModelOrder, clipRows } from '@main/runs/clip-rows'
import { type ClipShape, ProjectClips } from '@main/worker/session/project-clips'
import type { TaskSession } from '@main/worker/session/task-session'

/** A run and what it was started with, read once at the beginning of a task. */
export interface RunData {
  run: Run
  vocabulary: Vocabulary
  rows: Record<Split, ClipRow[]>
}

/** Videos of both splits whose class the model knows. Throws Failure NOT_FOUND. */
export function readRun(session: TaskSession, project: string, id: RunId): Promise<RunData> {
  return session.reading(project, (repositories) => {
    const vocabulary = repositories.runs.vocabulary(id)
    const order = orderOf(vocabulary)
    const known = (split: Split) => labelled(repositories, project, { split, order })
    return { run: repositories.runs.get(id), vocabulary, rows: { train: known('train'), test: known('test') } }
  })
}

export function orderOf({ classes, attributes }: Vocabulary): ModelOrder {
  return { classes: classes.map(({ id }) => id), attributes: attributes.map(({ id }) => id) }
}

/** A data set in the shape that a classifier sees. */
export function clipsFor(
  session: TaskSession,
  rows: readonly ClipRow[],
  { vocabulary, shape }: { vocabulary: Vocabulary; shape: ClipShape },
): ProjectClips {
  const { classes, attributes } = vocabulary
  return new ProjectClips(rows, classes.length, attributes.length, { shape, loader: session.loader() })
}

function labelled(repositories: Repositories, project: string, about: { split: Split; order: ModelOrder }): ClipRow[] {
  return clipRows(repositories, project, about).filter(({ label }) => label !== null)
}
