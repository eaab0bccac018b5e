import type { Action } from '@renderer/actions/action-registry'
import { filmWords } from '@renderer/words/film-words'
import { useExplanation } from '@renderer/stores/explanation'
import type { ExplanationFile } from './use-explanation-files'

export interface ExplainCommands {
  tube(): void
  truth(): void
  heat(): void
  mask(): void
  union(): void
  fit(): void
  save(file: ExplanationFile): Promise<void>
  go(direction: 1 | -1): void
}

const saved: readonly (readonly [ExplanationFile, string])[] = [
  ['html', 'the answer as an HTML page'],
  ['json', 'the answer as JSON'],
  ['csv', 'the cards as CSV'],
  ...filmWords.map(({ format, title }) => [format, `the tube: ${title.toLowerCase()}`] as const),
]

/** Every key of Explain. */
export function explainActions(screen: ExplainCommands): Action[] {
  const explanation = useExplanation()
  const group = 'Explain'
  const allowed = () => explanation.state === 'ready'
  const action = (id: string, name: string, keys: string[], run: () => void): Action => {
    return { id: `explain.${id}`, name, group, keys, allowed, run }
  }
  const digits = Array.from({ length: 9 }, (_, i) => i)
  const set = (side: 'pos' | 'neg', place: number) => {
    const found = explanation.classes[place]
    if (found) void explanation.ask({ [side]: found.class })
  }
  return [
    action('tube', "The model's tube", ['T'], screen.tube),
    action('truth', "People's boxes", ['B'], screen.truth),
    action('heat', 'Heat map', ['H'], screen.heat),
    action('trim', 'Trim the tube', ['Y'], () => void explanation.setTrim(!explanation.trim)),
    action(
      'iterate',
      'What must go for B? Mask and ask again',
      ['W'],
      () => void explanation.setTubes(explanation.tubes === 'iterate' ? 'own' : 'iterate'),
    ),
    action('mask', 'Paint the tube over', ['M'], screen.mask),
    action('union', 'Mask the two best tubes together', ['U'], screen.union),
    action('reverse', 'The reverse question: why B, not A?', ['R'], () => void explanation.reverse()),
    action('fit', 'Fit the picture', ['F'], screen.fit),
    ...saved.map(([file, name]) => action(`save.${file}`, `Save ${name}`, [], () => void screen.save(file))),
    { ...action('up', 'The card above', ['ArrowUp'], () => explanation.choose(explanation.chosen - 1)), keyOnly: true },
    {
      ...action('down', 'The card below', ['ArrowDown'], () => explanation.choose(explanation.chosen + 1)),
      keyOnly: true,
    },
    { id: 'explain.next', name: 'Next video', group, keys: ['PageDown'], run: () => screen.go(1) },
    { id: 'explain.previous', name: 'Previous video', group, keys: ['PageUp'], run: () => screen.go(-1) },
    ...digits.flatMap((i) => [
      { ...action(`b.${i + 1}`, `Class ${i + 1} is B`, [String(i + 1)], () => set('neg', i)), keyOnly: true },
      { ...action(`a.${i + 1}`, `Class ${i + 1} is A`, [`Shift+${i + 1}`], () => set('pos', i)), keyOnly: true },
    ]),
  ]
}
