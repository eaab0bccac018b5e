import type { ClipSource } from '@main/learning/clip-source'

/**
 * What a clip of each class counts in the loss so that all classes count the same, however many videos they have:
 * N / (K n_c) of N videos of K classes, n_c of them of class c; 1 for a class without videos. Over the videos their mean
 * is 1, so that the loss and the learning rate keep their size.
 */
export function balancedWeights(source: Pick<ClipSource, 'count' | 'classes' | 'label'>): number[] {
  const { count, classes } = source
  const videos = Array.from({ length: classes }, () => 0)
  for (let i = 0; i < count; i++) {
    const label = source.label(i)
    videos[label] = (videos[label] ?? 0) + 1
  }
  const filled = videos.filter((n) => n > 0).length
  return videos.map((n) => (n > 0 ? count / (filled * n) : 1))
}
