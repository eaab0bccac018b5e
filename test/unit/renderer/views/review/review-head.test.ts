import { expect, test } from 'vitest'
import ReviewHead from '@renderer/views/review/ReviewHead.vue'
import { byRole, mountStudio } from '../../../../support/mount-studio'

test('an export without rows says why there is nothing, and what to do', async () => {
  const props = { tab: 'concept', current: null, list: [], outputs: 0, title: '', rows: 0, busy: false }
  const { page, settle } = await mountStudio(ReviewHead, { props })
  byRole(page, 'button', 'Export').click()
  await settle()
  expect(page.textContent).toContain('Nothing to export yet: there is no evaluation.')
})
