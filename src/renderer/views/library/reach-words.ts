import type { Reach } from '@shared/contract/vocabulary'
import { counted } from '@renderer/words/format'

/** What a change of a word or class reaches, before it is made. */
export function reachWords({ videos, answers, tracks, runs }: Reach, what: 'merge' | 'split'): string {
  const said = [
    counted(videos, 'video'),
    ...(answers > 0 ? [counted(answers, 'answer')] : []),
    ...(tracks > 0 ? [counted(tracks, 'track')] : []),
  ].join(', ')
  const models =
    runs.length > 0
      ? ` ${counted(runs.length, 'run')} learned it and ${runs.length === 1 ? 'keeps its' : 'keep their'} own copy: ${runs.slice(0, 3).join(', ')}${runs.length > 3 ? ' and others' : ''}.`
      : ''
  const does =
    what === 'merge'
      ? 'go over to the other'
      : 'are looked at: where it is absent the finer words are too, elsewhere they wait for an answer'
  return `${said} ${does}.${models} You can undo this.`
}
