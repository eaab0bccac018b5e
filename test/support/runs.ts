import type { NewRun } from '@main/store/repositories/run-repository'
import { RunId } from '@shared/ids'
import { newId } from '@main/store/database/new-id'

/** A classifier's run that waits, unless said otherwise. */
export function aRun(values: Partial<NewRun> = {}): NewRun {
  return {
    id: newId(RunId),
    name: 'Run 1',
    kind: 'classifier',
    state: 'queued',
    job: null,
    explains: null,
    startFrom: null,
    sweep: null,
    stoppedEarly: false,
    archived: false,
    tags: [],
    note: '',
    config: { epochs: 3 },
    preset: 'Quick',
    classes: [],
    attributes: [],
    trainVideos: 10,
    testVideos: 5,
    headline: {},
    engine: '',
    failure: null,
    startedBy: 'studio',
    createdAt: 1,
    startedAt: null,
    endedAt: null,
    ...values,
  }
}
