import type { ScreenName } from './router'

/** The guided walk over the quick tour: a screen each, and what to try there. */
export const tourSteps: readonly { screen: ScreenName; title: string; text: string }[] = [
  {
    screen: 'library',
    title: 'Library',
    text: 'Every video with its class, its split and its attributes. Filter at the left; double-click a video, or select several and press Annotate, to go through them as a queue.',
  },
  {
    screen: 'annotate',
    title: 'Annotate',
    text: 'Say what is in the video by keys: 1 is present, Shift+1 absent. Drag on the picture to draw a box. Enter submits and opens the next one.',
  },
  {
    screen: 'train',
    title: 'Train',
    text: 'The runs behind this tour: a classifier, and what explains it. Click one for its curves; New run begins another.',
  },
  {
    screen: 'explain',
    title: 'Explain',
    text: 'Why A, and not B? The cards name the attributes that decide, best first; the picture shows where, and the check below masks it.',
  },
  {
    screen: 'review',
    title: 'Review',
    text: 'How often the explanations are right, beside baselines. Every number opens the clips behind it; say why one failed, mend it, evaluate again.',
  },
]
