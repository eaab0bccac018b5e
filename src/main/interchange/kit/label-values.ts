import type { LabelValue } from '@shared/contract/library'

const values: ReadonlyMap<string, LabelValue> = new Map(
  Object.entries({
    present: 'present',
    yes: 'present',
    true: 'present',
    '1': 'present',
    '1.0': 'present',
    absent: 'absent',
    no: 'absent',
    false: 'absent',
    '0': 'absent',
    '0.0': 'absent',
    unsure: 'unsure',
    '?': 'unsure',
  } as const),
)

/** What people and programs write for an answer; null for anything else. */
export function labelValue(text: string): LabelValue | null {
  return values.get(text.trim().toLowerCase()) ?? null
}
