import { mdiChip, mdiExport, mdiFilmstrip, mdiPauseCircleOutline, mdiTableCheck } from '@mdi/js'
import type { Job, JobKind, JobState } from '@shared/contract/jobs'
import { timeLeft } from './format'
import * as icons from './icons'

export const workIcons: Record<JobKind, string> = {
  import: icons.importIcon,
  dataImport: icons.importIcon,
  dataExport: mdiExport,
  sample: mdiFilmstrip,
  engine: mdiChip,
  classifier: icons.trainIcon,
  explainer: icons.trainIcon,
  evaluation: mdiTableCheck,
  tour: icons.tourIcon,
}

/** How far a job is, 0 to 1; null where the length is not known. */
export function shareOf({ progress }: Pick<Job, 'progress'>): number | null {
  return progress?.total ? Math.min(1, progress.done / progress.total) : null
}

/** Time left in words; nothing where only that is unknown, and how far it is can be seen. */
export function leftWords({ progress }: Pick<Job, 'progress'>): string {
  if (!progress || (progress.secondsLeft === null && progress.total !== null)) return ''
  return timeLeft(progress.secondsLeft)
}

/** State in a word, with an icon and a colour class beside it. */
export const stateLook: Record<JobState, { word: string; icon: string; tone: string }> = {
  queued: { word: 'queued', icon: icons.waitIcon, tone: 't3' },
  running: { word: 'running', icon: icons.runningIcon, tone: 'acc' },
  paused: { word: 'paused', icon: mdiPauseCircleOutline, tone: 't2' },
  done: { word: 'done', icon: icons.doneIcon, tone: 'ok' },
  failed: { word: 'failed', icon: icons.errorIcon, tone: 'err' },
  cancelled: { word: 'stopped', icon: icons.closeIcon, tone: 't3' },
  interrupted: { word: 'interrupted', icon: icons.warnIcon, tone: 'warn' },
}
