import type { LabelValue } from '@shared/contract/library'

const values: Readonly<Record<string, LabelValue>> = {
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
}

/** What people and programs write for an answer; null for anything else. */
export function labelValue(text: string): LabelValue | null {
  return values[text.trim().toLowerCase()] ?? null
}
