// Bugs that must not go unnoticed. Each changes the sources as its edits say; `metric` or `test` names what catches it.

/**
 * @typedef {{ file: string, find: string, put: string }} Edit
 * @typedef {{ name: string, edits: Edit[], metric?: string, test?: string, retrain?: boolean }} Mutant
 */

const search = 'src/main/learning/search'
const explainer = 'src/main/learning/explainer'
const explanation = 'src/main/explanation'
const evaluation = 'src/main/evaluation'
const tests = 'test/unit/main'

/** @type {Mutant[]} */
export const mutants = [
  {
    name: 'A and B swapped',
    metric: 'rightAttribute',
    edits: [
      {
        file: `${explanation}/rank-attributes.ts`,
        find: 'words.map((attribute) => ({ pos, neg, attribute }))',
        put: 'words.map((attribute) => ({ pos: neg, neg: pos, attribute }))',
      },
    ],
  },
  {
    name: 'maximum instead of minimum in training',
    metric: 'conceptTop1',
    retrain: true,
    edits: [
      {
        file: `${explainer}/train-explainer.ts`,
        find: "objective === 'max' ? 1 : -1",
        put: "objective === 'max' ? -1 : 1",
      },
    ],
  },
  {
    name: 'trained on all attributes',
    metric: 'rightAttribute',
    retrain: true,
    edits: [
      {
        file: `${explainer}/train-explainer.ts`,
        find: 'const words = assigned(i)',
        put: 'const words = Array.from({ length: this.model.attributes }, (_, s) => s + 0 * assigned(i).length)',
      },
    ],
  },
  {
    name: 'additive weights only',
    metric: 'rightAttribute',
    edits: [
      {
        file: `${explainer}/products.ts`,
        find: 'contrast * (1 + (attributes[s + x] as number))',
        put: 'contrast',
      },
    ],
  },
  {
    name: 'features centred',
    metric: 'rightAttribute',
    retrain: true,
    edits: [
      {
        file: `${explainer}/explainer-model.ts`,
        find: 'const { scale } = this.weights[tap] as TapWeights\n',
        put: `const { scale } = this.weights[tap] as TapWeights
      const means = new Float64Array(channels)
      for (let i = 0; i < pooled.length; i++) means[i % channels] += (pooled[i] as number) * (channels / pooled.length)
      for (let i = 0; i < pooled.length; i++) pooled[i] = (pooled[i] as number) - (means[i % channels] as number)
`,
      },
    ],
  },
  {
    name: 'no movement',
    test: `${tests}/learning/search`,
    edits: [
      {
        file: `${search}/sub-path.ts`,
        find: 'movement === 1 ? space.search(map, sign) : anyMovement(map, sign, movement, space)',
        put: 'anyMovement(map, sign, 0 * movement, space)',
      },
    ],
  },
  {
    name: 'no ReLU in the search',
    test: `${tests}/learning/search`,
    edits: [
      {
        file: `${search}/kernel.ts`,
        find: "...zero, ...get('around'), ...direction.better,",
        put: "...get('around'),",
      },
    ],
  },
  {
    name: 'tubes never move to the right',
    test: `${tests}/learning/search`,
    edits: [{ file: `${search}/kernel.ts`, find: 'fromLeft = vector.window(3)', put: 'fromLeft = vector.window(4)' }],
  },
  {
    name: 'tubes that end in the first frame forgotten',
    test: `${tests}/learning/search`,
    edits: [
      {
        file: `${search}/sub-path.ts`,
        find: 'if (rounded > best.score)',
        put: 'if (t > 0 && rounded > best.score)',
      },
    ],
  },
  {
    name: 'ties in the order of the last',
    test: `${tests}/learning/search`,
    edits: [
      {
        file: `${search}/search-space.ts`,
        find: '(this.places[lane] as number) < index',
        put: '(this.places[lane] as number) > index',
      },
    ],
  },
  {
    name: 'lanes after the last column taken for cells',
    test: `${tests}/learning/search`,
    edits: [
      {
        file: `${search}/kernel.ts`,
        find: "set('past', [...get('cols'), ...vector.splat])",
        put: "set('past', [...get('vectors'), ...number(4), ...multiply, ...vector.splat])",
      },
    ],
  },
  {
    name: 'the sums of the last map traced instead of the best',
    test: `${tests}/learning/search`,
    edits: [{ file: `${search}/sub-path.ts`, find: 'sums: space.kept,', put: 'sums: space.spare,' }],
  },
  {
    name: 'kernels read past the border, into the next row',
    test: `${tests}/learning/explainer`,
    edits: [
      {
        file: `${explainer}/mix-kernel.ts`,
        find: "...get('lanes'), ...get('last'), ...vector.lessI",
        put: "...get('lanes'), ...get('past'), ...vector.lessI",
      },
    ],
  },
  {
    name: 'the mask is the complement',
    metric: 'trueTubeNcaTop1',
    edits: [
      {
        file: `${explanation}/masking.ts`,
        find: 'const masked = input.slice()',
        put: 'const masked = new Float32Array(input.length)',
      },
      {
        file: `${explanation}/masking.ts`,
        find: '(colour[c] as number)',
        put: "((fill === 'mean' ? input[at + c] : colour[c]) as number)",
      },
    ],
  },
  {
    name: 'mask of one channel',
    test: `${tests}/explanation/masking.test.ts`,
    edits: [
      { file: `${explanation}/masking.ts`, find: 'for (let c = 0; c < 3; c++)', put: 'for (let c = 0; c < 1; c++)' },
    ],
  },
  {
    name: 'inclusive and exclusive ends mixed',
    test: `${tests}/explanation/masking.test.ts`,
    edits: [
      {
        file: `${explanation}/masking.ts`,
        find: 'y < Math.min(height, Math.round(box.y2))',
        put: 'y <= Math.min(height - 1, Math.round(box.y2))',
      },
    ],
  },
  {
    name: 'sign of the rise',
    metric: 'trueTubeNcaTop1',
    edits: [
      {
        file: `${evaluation}/negative-class-accuracy.ts`,
        find: '(after[c] as number) - (before[c] as number)',
        put: '(before[c] as number) - (after[c] as number)',
      },
    ],
  },
  {
    name: 'A inside the ranking',
    test: `${tests}/evaluation/negative-class-accuracy.test.ts`,
    edits: [
      {
        file: `${evaluation}/negative-class-accuracy.ts`,
        find: 'if (c === pos || c === neg) continue',
        put: 'if (c === neg) continue',
      },
    ],
  },
  {
    name: 'optimistic ties of B',
    test: `${tests}/evaluation/negative-class-accuracy.test.ts`,
    edits: [{ file: `${evaluation}/negative-class-accuracy.ts`, find: 'equal++', put: 'equal += 0' }],
  },
  {
    name: 'x and y of boxes swapped',
    metric: 'tubeIou',
    edits: [{ file: `${explanation}/region.ts`, find: 'const [x, y] = [', put: 'const [y, x] = [' }],
  },
  {
    name: 'half a cell off',
    test: `${tests}/explanation/region.test.ts`,
    edits: [{ file: `${explanation}/region.ts`, find: '(col + 0.5) * strideX', put: 'col * strideX' }],
  },
  {
    name: 'rows and columns of shapes swapped',
    test: `${tests}/explanation/region.test.ts`,
    edits: [
      {
        file: `${explanation}/region.ts`,
        find: 'const { rows, cols } = shapes',
        put: 'const { rows: cols, cols: rows } = shapes',
      },
    ],
  },
  {
    name: 'labels instead of predictions in the concept filter',
    test: `${tests}/evaluation/summary.test.ts`,
    edits: [{ file: `${evaluation}/summary.ts`, find: 'row.pos === row.label &&', put: 'row.label === row.label &&' }],
  },
  {
    name: 'optimistic ties of concepts',
    test: `${tests}/evaluation/concept-accuracy.test.ts`,
    edits: [
      {
        file: `${evaluation}/concept-accuracy.ts`,
        find: '(iou) => iou >= own',
        put: '(iou, i, all) => iou > own || i === all.indexOf(own)',
      },
    ],
  },
  {
    name: 'the n smallest negatives instead of the largest',
    test: `${tests}/evaluation/evaluate.test.ts`,
    edits: [
      {
        file: `${evaluation}/evaluate.ts`,
        find: '(probabilities[b] as number) - (probabilities[a] as number)',
        put: '(probabilities[a] as number) - (probabilities[b] as number)',
      },
    ],
  },
  {
    name: 'the additive part left in the difference of classes',
    test: `${tests}/learning/explainer`,
    edits: [
      {
        file: `${explainer}/tube-features.ts`,
        find: 'score += contrast * (1 +',
        put: 'score += contrast * (2 +',
      },
    ],
  },
  {
    name: 'presence read at the tap of the tube alone',
    test: `${tests}/learning/explainer/presence`,
    edits: [
      {
        file: `${explainer}/presence/tube-reading.ts`,
        find: 'sum += weight * part',
        put: 'sum += tap === cell.tap ? weight * part : 0',
      },
    ],
  },
  {
    name: 'presence of a long tube counted cell by cell',
    test: `${tests}/learning/explainer/presence`,
    edits: [{ file: `${explainer}/presence/tube-reading.ts`, find: 'return sum / cells.length', put: 'return sum' }],
  },
  {
    name: 'standardisation folded without its means',
    test: `${tests}/learning/explainer/presence`,
    edits: [
      {
        file: `${explainer}/presence/standardise.ts`,
        find: 'bias[s] = (bias[s] as number) - shift',
        put: 'bias[s] = (bias[s] as number) - 0 * shift',
      },
    ],
  },
  {
    name: 'a bag judged by the sum of its tubes instead of their mean',
    test: `${tests}/learning/explainer/presence`,
    edits: [
      {
        file: `${explainer}/presence/bag-loss.ts`,
        find: 'largest + Math.log(sum / count)',
        put: 'largest + Math.log(sum)',
      },
    ],
  },
  {
    name: 'what is not known of a clip taken for absent',
    test: `${tests}/learning/explainer/presence`,
    edits: [
      {
        file: `${explainer}/presence/bag-loss.ts`,
        find: 'const truth = labels[s] as number',
        put: 'const truth = Math.max(0, labels[s] as number)',
      },
    ],
  },
  {
    name: 'near ties in the order of absence',
    test: `${tests}/learning/explainer/presence`,
    edits: [
      {
        file: `${explainer}/presence/near-tie.ts`,
        find: '(z(b) > z(a) ? 1 : z(b) < z(a) ? -1 : 0)',
        put: '(z(b) > z(a) ? -1 : z(b) < z(a) ? 1 : 0)',
      },
    ],
  },
  {
    name: 'tubes leaned away from what they name',
    test: `${tests}/learning/explainer/presence`,
    edits: [{ file: `${explainer}/presence/placed-tube.ts`, find: 'const strength = 2', put: 'const strength = -2' }],
  },
  {
    name: 'a placed tube with the score of what it was placed by',
    test: `${tests}/learning/explainer/presence`,
    edits: [
      {
        file: `${explainer}/presence/placed-tube.ts`,
        find: 'score: scoreOn(contrast, cells)',
        put: 'score: scoreOn(leaned, cells)',
      },
    ],
  },
  {
    name: 'corners of the kernel at half weight',
    test: `${tests}/learning/explainer`,
    edits: [{ file: `${explainer}/shape-kernels.ts`, find: '(side * end) / sum', put: '(0.5 * side * end) / sum' }],
  },
]

/** A Vite plugin that hands out changed sources. Throws where an edit finds nothing: a stale mutant proves nothing. */
export function mutation({ name, edits }) {
  return {
    name: 'mutation',
    enforce: 'pre',
    transform(code, id) {
      const own = edits.filter(({ file }) => id.split('?')[0].endsWith(`/${file}`))
      if (own.length === 0) return null
      return own.reduce((text, { file, find, put }) => {
        if (!text.includes(find)) throw new Error(`The mutant "${name}" finds nothing to change in ${file}.`)
        return text.replaceAll(find, put)
      }, code)
    },
  }
}
