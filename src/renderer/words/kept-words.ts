import { counted } from './format'

const boxes = new Set([
  'createTrack',
  'setKeyframe',
  'moveKeyframe',
  'removeTrack',
  'cutTrack',
  'splitTrack',
  'mergeTracks',
  'confirmBoxes',
  'rejectBoxes',
])
const spans = new Set(['addSpan', 'setSpan', 'removeSpan'])
const answers = new Set(['setLabel', 'setLabels', 'setAttribute', 'setClassPrior', 'label'])

/** "2 edits of boxes, 1 answer": edits by what they are about. */
export function keptWords(edits: readonly { path: readonly string[] }[]): string {
  const names = edits.map(({ path }) => path.at(-1) ?? '')
  const [ofBoxes, ofSpans, ofAnswers] = [boxes, spans, answers].map(
    (kind) => names.filter((name) => kind.has(name)).length,
  )
  const others = names.length - (ofBoxes ?? 0) - (ofSpans ?? 0) - (ofAnswers ?? 0)
  return [
    ofBoxes ? counted(ofBoxes, 'edit of boxes', 'edits of boxes') : '',
    ofSpans ? counted(ofSpans, 'edit of spans', 'edits of spans') : '',
    ofAnswers ? counted(ofAnswers, 'answer') : '',
    others ? counted(others, others === names.length ? 'change' : 'other change') : '',
  ]
    .filter(Boolean)
    .join(', ')
}
