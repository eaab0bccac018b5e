import { owner } from '@shared/actor'
import { expect, test } from 'vitest'
import { TrackId } from '@shared/ids'
import TrackPanel from '@renderer/views/annotate/TrackPanel.vue'
import { anAttribute } from '../../../../support/fake-api'
import { mountPart } from '../../in-studio'

const ball = anAttribute(1, { name: 'ball' })
const box = { x1: 205.2, y1: 105.5, x2: 241.2, y2: 141.5 }

function panel(isVisible = true, proposed = 0) {
  const track = {
    id: TrackId.parse('t'),
    attribute: ball.id,
    kind: 'attribute',
    source: 'person',
    person: owner.id,
    keyframes: [],
  } as const
  return mountPart(TrackPanel, {
    ...{ track: { ...track, keyframes: [] }, name: 'ball', colorSlot: 1, attributes: [ball], isKey: true },
    ...{ box: isVisible ? box : null, proposed },
  })
}

test('the numbers are corner and size, and a number written moves or resizes the box', async () => {
  const wrapper = panel()
  const fields = wrapper.findAll('input')
  expect(fields.map((field) => field.element.value)).toEqual(['205.2', '105.5', '36.0', '36.0'])
  await fields[2]!.setValue('40')
  expect(wrapper.emitted('box')).toEqual([[{ ...box, x2: 245.2 }]])
})

test.each(['', 'wide', '0', '-3'])('"%s" is no width; what was there is put back', async (written) => {
  const wrapper = panel()
  const field = wrapper.findAll('input')[2]!
  await field.setValue(written)
  expect(wrapper.emitted('box')).toBeUndefined()
  expect(field.element.value).toBe('36.0')
})

test('where the object is not visible there is nothing to write', () => {
  expect(
    panel(false)
      .findAll('input')
      .every((field) => field.element.disabled),
  ).toBe(true)
})

test('a box can be followed, and what was proposed is confirmed or rejected', async () => {
  await panel()
    .findAll('button')
    .find((button) => button.text().startsWith('follow it'))!
    .trigger('click')
  const wrapper = panel(true, 3)
  expect(wrapper.text()).toContain('3 proposed')
  for (const word of ['confirm', 'reject'] as const) {
    const button = wrapper.findAll('button').find((one) => one.text().startsWith(word))!
    await button.trigger('click')
    expect(wrapper.emitted(word)).toHaveLength(1)
  }
})
