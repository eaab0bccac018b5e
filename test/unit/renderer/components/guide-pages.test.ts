import { expect, test } from 'vitest'
import { guidePages, pageAbout } from '@renderer/components/guide-pages'

const html = '<p>Look first.</p><h2>Ball</h2><p>Only the ball.</p><ul><li>no arm</li></ul><h2>knee bent, clearly</h2>'

test('guidelines are cut at their headings, what stands before the first one included', () => {
  const pages = guidePages(html).map(({ title, nodes }) => [title, nodes.map((node) => node.textContent).join(' ')])
  expect(pages).toEqual([
    ['', 'Look first.'],
    ['Ball', 'Only the ball. no arm'],
    ['knee bent, clearly', ''],
  ])
  expect(guidePages('  ')).toEqual([])
})

test('a word finds the page whose heading it is, or begins', () => {
  const pages = guidePages(html)
  expect([pageAbout(pages, 'ball'), pageAbout(pages, 'knee bent'), pageAbout(pages, 'pole')]).toEqual([1, 2, null])
})
