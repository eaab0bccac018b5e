import { createPinia, setActivePinia } from 'pinia'
import { expect, test } from 'vitest'
import { useNotices } from '@renderer/stores/notices'

test('the newest two notices stand, and none after another project was opened', () => {
  setActivePinia(createPinia())
  const notices = useNotices()
  for (const text of ['one', 'two', 'three']) notices.done(text)
  expect(notices.notices.map(({ text }) => text)).toEqual(['two', 'three'])
  notices.clear()
  expect(notices.notices).toEqual([])
})
