/** Names of the metrics on a page; others keep their key. */
export const metricNames: Record<string, string> = {
  rightAttribute: 'right attribute',
  conceptTop1: 'concept top\u20111',
  conceptTop3: 'concept top\u20113',
  conceptTop5: 'concept top\u20115',
  ncaTop1: 'NCA top\u20111',
  ncaTop3: 'NCA top\u20113',
  ncaTop5: 'NCA top\u20115',
  probabilityDecrease: 'p decrease',
  relativeDrop: 'relative drop',
  tubeIou: 'tube IoU',
  notAnnotated: 'not annotated',
}

/** Names of methods and baselines on a page. */
export const methodNames: Record<string, string> = {
  method: 'The method, ranked by min',
  selectByMax: 'The method, ranked by max',
  classPrior: 'Class-pair prior',
  randomTube: 'Random tube',
  trueTube: 'True tube',
  centreCrop: 'Centre crop',
  actorTube: 'Actor tube',
  gradCam: 'Grad-CAM 3-D',
  gradCamDifference: 'Grad-CAM, A minus B',
  saliencyTube: 'Saliency tube',
  saliencyDifference: 'Saliency, A minus B',
  gradientInput: 'Gradient x input',
  occlusion: 'Occlusion 3-D',
  positiveOnly: 'Without the subtraction',
}
