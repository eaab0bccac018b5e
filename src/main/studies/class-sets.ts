import type { SampleConfig } from '@shared/config/sample'

/** Removable attributes that class pos has and neg lacks: ShapeActs classes are bit sets of them. */
export function lacking({ removable }: Pick<SampleConfig, 'removable'>, pos: number, neg: number): number[] {
  return Array.from({ length: removable }, (_, bit) => bit).filter((bit) => pos & (1 << bit) && !(neg & (1 << bit)))
}

/** Classes that are pos without exactly `count` of its removable attributes. */
export function reductions(config: Pick<SampleConfig, 'removable'>, pos: number, count: number): number[] {
  return Array.from({ length: 2 ** config.removable }, (_, neg) => neg).filter(
    (neg) => (pos & neg) === neg && lacking(config, pos, neg).length === count,
  )
}
