import { methodWords } from '@shared/measure-words'
import type { KeptFigure, KeptFigures } from './kept-figure'
import { intervalWords, shareWords, type Spread, spreadWords, tableOf } from './number-words'

type Rows = Readonly<Record<string, Readonly<Record<string, Spread>>>>
type Maker = (figure: KeptFigure) => string

const rowsOf = ({ result }: KeptFigure) => (result.rows ?? {}) as Rows
/** What a study says in few words, by path. */
const at = ({ result }: KeptFigure, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], result)

/** Whence the numbers of a table are. */
function sourceLine({ command, date, machine, result }: KeptFigure): string {
  const seeds = Array.isArray(result.seeds) ? result.seeds.length : 1
  const spread = seeds > 1 ? `; mean of ${seeds} seeds, least and largest in brackets where they differ` : ''
  return `\`${command}\`, ${date}, ${machine}${spread}.`
}

/** Remove-1 questions beside all pairs: what a reader sees first. */
const questions: Maker = (figure) => {
  const rows = rowsOf(figure)
  const both = (row: string, key: string) =>
    ['remove1', 'all'].map((pairs) => spreadWords(rows[`${pairs} ${row}`]?.[key]))
  return tableOf(
    ['', 'one thing tells A from B', 'all pairs of classes'],
    [
      ['the method, NCA top-1', ...both('method', 'ncaTop1')],
      ['random tube of the same area', ...both('randomTube', 'ncaTop1')],
      ['Grad-CAM, A minus B', ...both('gradCamDifference', 'ncaTop1')],
      ['right attribute, ranked by min', ...both('method', 'rightAttribute')],
      ['right attribute, by max (paper)', ...both('selectByMax', 'rightAttribute')],
      ['right attribute, Grad-CAM, A minus B, named by presence', ...both('gradCamDifference', 'rightAttribute')],
      ['tube IoU', ...both('method', 'tubeIou')],
      ['tube IoU, Grad-CAM, A minus B, named by presence', ...both('gradCamDifference', 'tubeIou')],
    ],
  )
}

/** The same from a tour, whose seed is one. */
const tourQuestions: Maker = (figure) =>
  tableOf(
    ['', 'one thing tells A from B', 'all pairs of classes'],
    [
      ['the method, NCA top-1', ...pairOf(figure, ['method', 'ncaTop1'], ['allPairs', 'ncaTop1'])],
      ['random tube of the same area', ...pairOf(figure, ['randomTube', 'ncaTop1'], ['allPairs', 'randomNcaTop1'])],
      ['Grad-CAM, A minus B', ...pairOf(figure, ['-'], ['agreement', 'gradCamNcaTop1'])],
      ['right attribute, ranked by min', ...pairOf(figure, ['method', 'rightAttribute'], ['-'])],
      ['right attribute, by max (paper)', ...pairOf(figure, ['selectByMax', 'rightAttribute'], ['-'])],
      ['tube IoU', ...pairOf(figure, ['method', 'tubeIou'], ['-'])],
    ],
  )

function pairOf(figure: KeptFigure, one: readonly string[], all: readonly string[]): string[] {
  return [one, all].map((path) => shareWords(at(figure, ...path)))
}

const evidence: Maker = (figure) => {
  const rate = (rule: string, kind: string) => {
    const { share, interval, clips, questions: count } = (at(figure, rule, kind) ?? {}) as Record<string, unknown>
    return `${intervalWords({ value: share, interval, clips })}, ${String(count)} questions`
  }
  const rows = rowsOf(figure)
  const first = (key: string) => String(at(figure, 'untrainedWords', key))
  return [
    tableOf(
      ['', 'false evidence', 'missed evidence'],
      [
        ['ranked by min', rate('byMin', 'false'), rate('byMin', 'missed')],
        ['ranked by max (paper)', rate('byMax', 'false'), rate('byMax', 'missed')],
        ['the sign of the score alone', spreadWords(rows.min?.falseAboveZero), '–'],
      ],
    ),
    '',
    `Classes of equal sets: ${String(at(figure, 'equalSets', 'confident'))} confident cards in ${String(at(figure, 'equalSets', 'questions'))} questions. ` +
      `Words without a training clip: ${first('firstByMin')} of ${first('questions')} first places by min, ${first('firstByMax')} by max.`,
    '',
    `Where the tube overlaps that of Grad-CAM, A minus B, by a quarter or more, NCA top-1 over all pairs is ` +
      `${shareWords(at(figure, 'allPairs', 'ncaTop1Agreeing'))}, elsewhere ${shareWords(at(figure, 'allPairs', 'ncaTop1Apart'))}.`,
  ].join('\n')
}

const variants: Maker = (figure) => {
  const rows = rowsOf(figure)
  const line = (name: string, row: string) => [
    name,
    ...['thing', 'follows', 'changesWithClip', 'ncaTop1', 'tubeIou'].map((key) => spreadWords(rows[row]?.[key])),
  ]
  return [
    tableOf(
      ['', 'the thing', 'as the clip shows it', 'both of a pair', 'NCA 1', 'tube IoU'],
      [
        line('with presence, placed tubes', 'follows-clip'),
        line('with presence, own tubes', 'own tubes'),
        line('with presence, four layers instead of two', 'four layers'),
        line('with presence, without the class prior', 'without class prior'),
        line('without presence', 'without presence'),
        line('labels shuffled within the class', 'labels shuffled'),
      ],
    ),
    '',
    `Answers that presence changes where classes have no variation: ${String(rows['classes only']?.changed?.mean ?? '–')} a seed.`,
  ].join('\n')
}

const pairs: Maker = (figure) => {
  const rows = rowsOf(figure)
  const line = (name: string, row: string) => [
    name,
    ...['hit', 'fits', 'iou', 'tubes', 'area'].map((key) => spreadWords(rows[row]?.[key])),
  ]
  const once = (row: string, key: string) => spreadWords(rows[row]?.[key])
  const table = tableOf(
    ['', 'NCA 1', 'tube on what it names', 'IoU with it', 'tubes', 'area'],
    [
      line('own tubes of the two best attributes', 'own'),
      line('the second two cells away from the first', 'exclude'),
      line('placed', 'placed'),
      line('as many random tubes, each of its area', 'placedRandom'),
      line('asked again until B, own tubes, at most 4', 'iterate4'),
      line('asked again until B, placed tubes, at most 4', 'iterate4Placed'),
      line('the union of the true tubes', 'trueUnion'),
    ],
  )
  const rest =
    `Where B lacks one thing: NCA top-1 ${once('oncePlaced', 'ncaTop1')} and tube IoU ${once('oncePlaced', 'tubeIou')} of ` +
    `placed tubes, ${once('onceOwn', 'ncaTop1')} and ${once('onceOwn', 'tubeIou')} of own ones.`
  return `${table}\n\n${rest}`
}

const tierKeys = {
  ...{ right: 'rightAttribute', 'concept 1': 'conceptTop1', 'concept 3': 'conceptTop3', 'NCA 1': 'ncaTop1' },
  ...{
    'NCA 3': 'ncaTop3',
    'p decrease': 'probabilityDecrease',
    'relative drop': 'relativeDrop',
    'tube IoU': 'tubeIou',
  },
}

/** What a proof measures, by the keys under which it stands: a glass box has other names for two of them. */
const proofLines: readonly (readonly [name: string, ...keys: string[]])[] = [
  ['right attribute', 'rightAttribute'],
  ['right attribute, by max (paper)', 'selectByMaxRightAttribute', 'selectByMaxRight'],
  ['concept top-1', 'conceptTop1'],
  ['concept top-3', 'conceptTop3'],
  ['NCA top-1', 'ncaTop1'],
  ['NCA top-1, random tube of the same area', 'randomNcaTop1'],
  ['NCA top-1, true tube', 'trueNcaTop1', 'trueTubeNcaTop1'],
  ['relative drop of p(A)', 'relativeDrop'],
  ['tube IoU', 'tubeIou'],
  ['tube IoU, random tube of the same area', 'randomTubeIou'],
  ['no-evidence AUC', 'supersetAuc'],
  ['the answer changes with A and B swapped', 'swapChanges'],
  ['change of p(A) when a distractor is masked', 'distractorDrop'],
  ["right attribute, another clip's features", 'otherFeaturesRight'],
  ['explainer re-initialised: right attribute', 'randomisedRightAttribute'],
  ['explainer re-initialised: tube IoU', 'randomisedTubeIou'],
  ['network re-initialised: tube IoU', 'otherNetworkTubeIou'],
]

const proof: Maker = ({ result }) => {
  const found = result as Readonly<Record<string, Spread | undefined>>
  const rows = proofLines.flatMap(([name, ...keys]) => {
    const spread = keys.map((key) => found[key]).find((value) => value !== undefined)
    return spread ? [[name, spreadWords(spread)]] : []
  })
  return tableOf(['', 'mean over the seeds (least-largest)'], rows)
}

/** Every way to explain, on one tier. */
const tier =
  (name: string): Maker =>
  (figure) => {
    const rows = rowsOf(figure)
    const prefix = Object.keys(rows).some((row) => row.startsWith(`${name} `)) ? `${name} ` : ''
    const lines = Object.keys(rows).flatMap((row) => {
      const method = row.slice(prefix.length)
      const known =
        methodWords[method.split(',')[0] ?? '']?.name ?? (method === 'trimmed' ? 'The method, trimmed' : null)
      if (!row.startsWith(prefix) || known === null) return []
      const by = method.endsWith(', prior') ? ', named by the class prior' : ''
      return [[known + by, ...Object.values(tierKeys).map((key) => spreadWords(rows[row]?.[key]))]]
    })
    return tableOf(['', ...Object.keys(tierKeys)], lines)
  }

const real: Maker = (figure) => {
  const control = (name: string, key: string) => [
    name,
    intervalWords(at(figure, 'ncaTop1', key)),
    shareWords(at(figure, 'relativeDrop', key)),
  ]
  const count = (side: string) => String(at(figure, 'clips', side))
  return [
    `Accuracy ${intervalWords(at(figure, 'accuracy'))}; ${count('train')} training clips.`,
    '',
    tableOf(
      ['', 'NCA top-1, n = 1', 'relative drop'],
      [
        control('the method', 'method'),
        control('random tube of the same area', 'randomTube'),
        control('centre crop', 'centreCrop'),
        control('Grad-CAM, A minus B', 'gradCamDifference'),
      ],
    ),
    '',
    tableOf(
      ['', 'answers', 'by knowing the class alone'],
      [
        ['what is named is in this clip', intervalWords(at(figure, 'named')), shareWords(at(figure, 'namedByClass'))],
        [
          'the same, of attributes that vary within the class',
          intervalWords(at(figure, 'namedVarying')),
          shareWords(at(figure, 'namedVaryingByClass')),
        ],
        [
          'presence of what varies, right or wrong',
          shareWords(at(figure, 'presence', 'right')),
          shareWords(at(figure, 'presence', 'rightByClass')),
        ],
        ['the same, area under the curve within a class', shareWords(at(figure, 'presence', 'aucWithinClass')), '.50'],
      ],
    ),
  ].join('\n')
}

/** By the name between the markers of a page: the kept figures it can be made from, the first there is, and how. */
const makers: Readonly<Record<string, readonly (readonly [figure: string, make: Maker])[]>> = {
  first: [
    ['evidence', questions],
    ['tour', tourQuestions],
  ],
  evidence: [['evidence', evidence]],
  variants: [['variants', variants]],
  pairs: [['pairs', pairs]],
  'proof T0': [['proof-T0', proof]],
  'proof T1': [['proof-T1', proof]],
  'proof T2': [['proof-T2', proof]],
  'tiers T1': [['tiers', tier('T1')]],
  'tiers T2': [['tiers', tier('T2')]],
  yoga6: [['yoga6', real]],
  skateboards: [['skateboards', real]],
}

/**
 * What stands between the markers of that name: a table and where its numbers are from; null where nothing was measured yet.
 * @throws RangeError for a name that no table has
 */
export function figureText(name: string, kept: KeptFigures): string | null {
  const ways = makers[name]
  if (!ways) throw new RangeError(`no table is called ${name}; there are: ${Object.keys(makers).join(', ')}`)
  for (const [figure, make] of ways) {
    const found = kept[figure]
    if (found) return `${make(found)}\n\n${sourceLine(found)}`
  }
  return null
}
