import { ItemId } from '@shared/ids'
import { expect, test, vi } from 'vitest'
import { computed, ref, shallowRef } from 'vue'
import { columnsOf } from '@renderer/views/campaigns/disagreements/columns'
import { useDeciding } from '@renderer/views/campaigns/disagreements/use-deciding'
import { fakeStudio } from '../../../../../support/fake-api'
import { aSideBySide } from '../../../../../support/side-by-side'
import { inStudio } from '../../../in-studio'

function judge(about: 'label' | 'boxes' = 'label', of: Parameters<typeof aSideBySide>[0] = {}) {
  const studio = fakeStudio()
  const side = shallowRef<ReturnType<typeof aSideBySide> | null>(aSideBySide(of))
  const columns = computed(() => (side.value ? columnsOf(side.value) : []))
  const column = ref(columns.value.find((one) => one.isOpen && one.about === about) ?? null)
  const open = computed(() => columns.value.filter(({ isOpen }) => isOpen))
  const onward = vi.fn()
  const parts = { item: () => ItemId.parse('i0'), side, column, open, after: async () => {}, onward }
  const { result } = inStudio(studio, () => useDeciding(parts))
  const made = () =>
    studio.calls.flatMap(({ name, input }) =>
      /^campaigns\.(decide|undo|redo)/.test(name) ? [[name.slice(10), input]] : [],
    )
  return { ...result, made, onward }
}

test('accepting takes the consensus of a word and the median of boxes, and goes on', async () => {
  const label = judge()
  await label.accept()
  expect(label.made()).toEqual([['decide', { item: 'i0', attribute: 'a0', value: 'present' }]])
  expect(label.onward).toHaveBeenCalledOnce()
  const boxes = judge('boxes')
  await boxes.accept()
  expect(boxes.made()).toEqual([['decideBoxes', { item: 'i0', attribute: 'a1', take: 'median' }]])
})

test('where the answers come to nothing there is nothing to accept', async () => {
  const labels = aSideBySide().labels.map((label) => ({ ...label, value: null }))
  const { accept, made, onward } = judge('label', { labels })
  await accept()
  expect([made(), onward.mock.calls]).toEqual([[], []])
})

test('all that is open is accepted at once', async () => {
  const { acceptAll, made } = judge()
  await acceptAll()
  expect(made().map(([name]) => name)).toEqual(['decide', 'decideBoxes'])
})

test('one person is taken: their answer, or their boxes', async () => {
  const label = judge()
  await label.take(1)
  await label.take(7)
  expect(label.made()).toEqual([['decide', { item: 'i0', attribute: 'a0', value: 'absent' }]])
  const boxes = judge('boxes')
  await boxes.take(0)
  expect(boxes.made()).toEqual([['decideBoxes', { item: 'i0', attribute: 'a1', take: { person: 'Ann' } }]])
})

test('another answer is chosen, of the kind the column is of; a decision is taken back, and undone', async () => {
  const { choose, takeBack, undo, made } = judge()
  await choose('none')
  await choose('unsure')
  await takeBack()
  await undo('k0', 'undo')
  expect(made()).toEqual([
    ['decide', { item: 'i0', attribute: 'a0', value: 'unsure' }],
    ['decide', { item: 'i0', attribute: 'a0', value: null }],
    ['undoDecision', { id: 'k0' }],
  ])
})
