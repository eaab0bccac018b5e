import { expect, test } from 'vitest'
import CutName from '@renderer/components/CutName.vue'
import { mountStudio } from '../../../support/mount-studio'

const partsOf = async (name: string) => {
  const { page } = await mountStudio(CutName, { props: { name } })
  return {
    whole: page.textContent,
    parts: [...page.querySelectorAll('.cut-name > span')].map((part) => part.textContent),
  }
}

test('a long name keeps its end, and is the whole name to whoever reads it', async () => {
  const { whole, parts } = await partsOf('recording camera left take 17')
  expect(whole).toContain('recording camera left take 17')
  expect(parts).toEqual(['recording camera lef', 't take 17'])
})

test('a short name stays in one piece', async () => {
  expect((await partsOf('Kickflip30')).parts).toEqual(['Kickflip30'])
})
