/** What a number or a column of an evaluation is called, and what it means, wherever it is shown. */
export interface MeasureWords {
  /** For the head of a narrow column. */
  title: string
  /** Spelled out, for pages. */
  name: string
  /** One sentence; docs/evaluation.md says more. */
  about: string
}

const words = (title: string, name: string, about: string): MeasureWords => ({ title, name, about })

/** Methods and baselines in the order of the table. */
export const methodWords: Readonly<Record<string, MeasureWords>> = {
  method: words('model', 'The method, ranked by min', 'The explanation model, ranked by its minimal tube.'),
  selectByMax: words(
    'by max',
    'The method, ranked by max',
    "The same model ranked by its maximal tube, the paper's equation 9.",
  ),
  classPrior: words(
    'class prior',
    'Class-pair prior',
    'The most frequent attribute of A that B lacks; it looks at no clip.',
  ),
  randomTube: words(
    'random tube',
    'Random tube',
    "The method's own boxes anywhere they fit: exactly its area, frame by frame; a random attribute.",
  ),
  centreCrop: words(
    'centre',
    'Centre crop',
    "The middle of the picture, in boxes as large as the method's, frame by frame.",
  ),
  actorTube: words('actor', 'Actor tube', "The actor's track."),
  gradCam: words('Grad-CAM', 'Grad-CAM 3-D', "Where A's logit depends on the last features."),
  gradCamDifference: words(
    'Grad-CAM A−B',
    'Grad-CAM, A minus B',
    'Where the difference of the two logits depends on the last features.',
  ),
  saliencyTube: words('saliency', 'Saliency tube', "The last features weighted by A's class."),
  saliencyDifference: words(
    'saliency A−B',
    'Saliency, A minus B',
    'The last features weighted by the difference of the two classes.',
  ),
  gradientInput: words('grad x input', 'Gradient x input', "A's gradient at the pixels, times the pixels."),
  occlusion: words('occlusion', 'Occlusion 3-D', "How far A's logit falls when a block of the clip is masked."),
  positiveOnly: words(
    'A only',
    'Without the subtraction',
    "The trained model with A's kernels alone; its path in boxes as large as the method's.",
  ),
  trueTube: words('true tube', 'True tube', "People's boxes of the right attribute: the most there is to reach."),
  explainerRandomised: words(
    'fresh explainer',
    'Explainer re-initialised',
    'The method with explainer weights drawn anew: tube IoU must fall.',
  ),
  networkRandomised: words(
    'fresh network',
    'Network re-initialised',
    'The trained explainer on a network with weights drawn anew: tube IoU must fall.',
  ),
  otherClip: words(
    'other clip',
    "Another clip's features",
    'The method with the features of the clip before: what stays is read from the pair of classes.',
  ),
  checks: words('checks', 'Checks', 'Questions that need more than one answer.'),
}

const metrics: Readonly<Record<string, MeasureWords>> = {
  rightAttribute: words('Right attribute', 'right attribute', 'The attribute said is one that A has and B lacks.'),
  probabilityDecrease: words('Probability drops', 'p decrease', 'Share of outputs where p(A) falls under the mask.'),
  relativeDrop: words('Relative drop', 'relative drop', 'Mean share of p(A) that the mask takes away.'),
  tubeIou: words('Tube IoU, mean', 'tube IoU', 'Overlap of the tube with the boxes of the attribute said.'),
  falseEvidence: words(
    'False evidence',
    'false evidence',
    'Share of questions whose right answer is nothing (B has all that A has) and whose best card is called evidence all the same.',
  ),
  missedEvidence: words(
    'Missed evidence',
    'missed evidence',
    'Share of questions that have a right answer and whose best card is not called evidence.',
  ),
  areaRatio: words('Area', 'area', "Pixels masked, as a share of those of the method's own tube."),
  agreement: words(
    'Agreement',
    'agreement',
    'Overlap of the tube with that of Grad-CAM of A minus B, which asks the network itself.',
  ),
  ncaTop1Agreeing: words(
    'NCA top-1, agreeing',
    'NCA top-1 where both agree',
    'NCA top-1 of the answers whose tube overlaps that of Grad-CAM of A minus B by a quarter or more.',
  ),
  ncaTop1Apart: words(
    'NCA top-1, apart',
    'NCA top-1 where they do not',
    'NCA top-1 of the answers whose tube overlaps that of Grad-CAM of A minus B by less than a quarter.',
  ),
  deletionArea: words(
    'Deletion area',
    'deletion area',
    'Area under p(A) as the ranked tubes are masked one after the other: less is better.',
  ),
  insertionArea: words(
    'Insertion area',
    'insertion area',
    'Area under p(A) as the ranked tubes alone are shown one after the other: more is better.',
  ),
  notAnnotated: words('Not annotated', 'not annotated', 'Share of attributes said that people did not give the video.'),
  supersetAuc: words(
    'No-evidence AUC',
    'no-evidence AUC',
    'How well the score tells pairs with evidence from pairs where B has all of A and more.',
  ),
  distractorDrop: words(
    'Distractor change',
    'distractor change',
    'Mean change of p(A) when the boxes of an attribute of no class are masked: near 0.',
  ),
  swapChanges: words(
    'Swap changes',
    'swap changes',
    'Share of pairs, each with something the other lacks, whose attribute changes when A and B are swapped.',
  ),
  otherFeaturesRight: words(
    'Right from another clip',
    'right from another clip',
    "Right attribute with another clip's features: what the pair of classes alone gives.",
  ),
}

/** Words of a metric; those with a k (`ncaTop3`) say it. Unknown ones are called by their key. */
export function metricWords(key: string): MeasureWords {
  const known = metrics[key]
  if (known) return known
  const [, kind, k] = /^(nca|concept|unionNca)Top(\d+)$/.exec(key) ?? []
  if (kind === 'nca')
    return words(
      `NCA top-${k}`,
      `NCA top-${k}`,
      `B is among the ${k} classes whose probability rises most when the tube is masked.`,
    )
  if (kind === 'unionNca')
    return words(`Union NCA top-${k}`, `union NCA top-${k}`, `The same with the best ${k} tubes masked together.`)
  if (kind === 'concept')
    return words(
      `Concept top-${k}`,
      `concept top-${k}`,
      `The attribute said is among the ${k} whose boxes overlap the tube most; clips classified rightly.`,
    )
  return words(key, key, '')
}

/** Metrics in the order people look for them: what is measured at each k comes k by k. */
export function metricOrder(top: readonly number[]): string[] {
  return [
    ...['rightAttribute', ...top.map((k) => `conceptTop${k}`), ...top.map((k) => `ncaTop${k}`)],
    ...['areaRatio', 'probabilityDecrease', 'relativeDrop', 'tubeIou', 'falseEvidence', 'missedEvidence'],
    ...['agreement', 'ncaTop1Agreeing', 'ncaTop1Apart', 'notAnnotated', 'deletionArea', 'insertionArea'],
    ...top.map((k) => `unionNcaTop${k}`),
    ...['supersetAuc', 'swapChanges', 'distractorDrop', 'otherFeaturesRight'],
  ]
}

/** What `Evaluation.staleVideos` means, for a count above 0. */
export function sinceWords(videos: number): string {
  return `${videos === 1 ? '1 video is' : `${videos} videos are`} new or labelled anew since`
}
