import { initial } from './0001-initial'
import { eachOutput } from './0002-each-output'
import { startFrom } from './0003-start-from'
import { jobLeases } from './0004-job-leases'
import { people } from './0005-people'
import { controls } from './0006-controls'
import { videoGroup } from './0007-video-group'
import { noStoredAnswers } from './0008-no-stored-answers'
import { answers } from './0009-answers'
import { work } from './0010-work'
import { campaigns } from './0011-campaigns'
import { sweeps } from './0012-sweeps'
import { outcomePresence } from './0013-outcome-presence'
import { layerChanges } from './0014-layer-changes'
import { archivedRuns } from './0015-archived-runs'
import { proposedBoxes } from './0016-proposed-boxes'
import { notesAndHotkeys } from './0017-notes-and-hotkeys'
import { picturesOfWords } from './0018-pictures-of-words'
import { spans } from './0019-spans'
import { guidelinesOfProjects } from './0020-guidelines-of-projects'
import type { Migration } from './migration'

/** Every step, in order. A project at version n has been through the first n. */
export const migrations: readonly Migration[] = [
  ...[initial, eachOutput, startFrom, jobLeases, people],
  ...[controls, videoGroup, noStoredAnswers, answers],
  ...[work, campaigns, sweeps, outcomePresence, layerChanges, archivedRuns],
  ...[proposedBoxes, notesAndHotkeys, picturesOfWords, spans, guidelinesOfProjects],
]
