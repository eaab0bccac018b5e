import { expect, test } from 'vitest'
import { VideoId } from '@shared/ids'
import ImportReportTable from '@renderer/views/library/ImportReportTable.vue'
import { byRole, mountStudio } from '../../../../support/mount-studio'

test('an import asks about films whose files do not agree, and names lines of lists that fit nothing', async () => {
  const video = VideoId.parse('v3')
  const says = (...values: string[]) => values.map((value, i) => ({ path: `/films/${i}.mp4`, value }))
  const report = {
    ...{ rows: [], imported: 1, damaged: 0, failed: 0, duplicate: 1 },
    unlisted: [{ path: 'line 2', reason: 'In the training list. No video of this name is among those found.' }],
    contradictions: [
      { video, name: 'clip', about: 'class' as const, says: says('Jump', 'Run') },
      { video, name: 'clip', about: 'split' as const, says: says('train', 'test') },
    ],
  }
  const { page, studio, settle } = await mountStudio(ImportReportTable, { props: { report } })
  expect(page.textContent).toContain('1 video imported, 1 already there, 2 questions, 1 line of a list fits nothing')
  expect(page.textContent).toContain('line 2 In the training list.')
  const [, , , run] = ['Jump', 'Run', 'train', 'test'].map((name) => byRole(page, 'button', name))
  run!.click()
  await settle()
  expect(studio.calls.find(({ name }) => name === 'library.setSplit')?.input).toEqual({ videos: ['v3'], split: 'test' })
  byRole(page, 'button', 'Run').click()
  await settle()
  const made = studio.state.classes.find(({ name }) => name === 'Run')!
  expect(studio.calls.findLast(({ name }) => name === 'library.setClass')?.input).toEqual({
    videos: ['v3'],
    class: made.id,
  })
  expect(byRole(page, 'button', 'Run').getAttribute('aria-pressed')).toBe('true')
})
