import { nextTick } from 'vue'
import { expect, test } from 'vitest'
import { useNewRun } from '@renderer/views/train/use-new-run'
import { fakeStudio } from '../../../../support/fake-api'
import { inStudio } from '../../in-studio'

test('what counts as changed is what a person changed of the preset they began with', async () => {
  const { result: draft } = inStudio(fakeStudio(), () => useNewRun('classifier'))
  draft.choose('Paper')
  draft.settings.value = { ...draft.settings.value, batch: 3 }
  await nextTick()
  expect(draft.preset.value).toBe('Custom')
  const begun: Record<string, unknown> = draft.begun.value
  const changed = Object.entries(draft.settings.value).filter(([key, value]) => String(value) !== String(begun[key]))
  expect(changed.map(([key]) => key)).toEqual(['batch'])
})
