import type { Run } from '@shared/contract/learning'
import type { Split } from '@shared/contract/library'
import type { Vocabulary } from '@main/store/repositories/run-repository'
import type { ClipRow } from './clip-rows'

export type { Vocabulary } from '@main/store/repositories/run-repository'

/** Where a worker finds the files that a bundle names: a folder of this machine. */
export interface FilesPlace {
  kind: 'folder'
  /** The project's folder. */
  path: string
}

/** Files of the project that a bundle names. */
interface WithFiles {
  files: FilesPlace
}

/** All that a worker needs of the project to work on a run, as it was when the work began; no database is read. */
export interface RunBundle extends WithFiles {
  run: Run
  vocabulary: Vocabulary
  /** Videos whose class the model knows. */
  rows: Record<Split, ClipRow[]>
}

/** All that a question about one video needs. */
export interface QuestionBundle extends WithFiles {
  run: Run
  /** The run of the classifier that is asked, or explained. */
  classifier: Run
  vocabulary: Vocabulary
  row: ClipRow
}
