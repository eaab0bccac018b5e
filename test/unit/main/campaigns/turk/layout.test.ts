import { expect, test } from 'vitest'
import { layoutVariables, turkLayout } from '@main/campaigns/turk/layout'

const parts = {
  title: 'Six <moves> for ${all}',
  guide: '<h2>ball</h2><p>Only the ball: ${price}</p>',
  words: [{ name: 'ball </script> in ${hand}', description: 'held', picture: null }],
}

test.each(['attributes', 'boxes'] as const)('the page of %s has no variables but those of the batch', (kind) => {
  const page = turkLayout({ kind, ...parts })
  const variables = [...page.matchAll(/\$\{([^}]*)\}/g)].map(([, name]) => name)
  expect(variables.sort()).toEqual([...layoutVariables].sort())
})

test.each(['attributes', 'boxes'] as const)(
  'the page of %s loads nothing but its video, and fits into CDATA',
  (kind) => {
    const page = turkLayout({ kind, ...parts })
    expect(page).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)=/)
    expect(page).not.toContain(']]>')
    expect(page.match(/<\/script>/g)).toHaveLength(2)
    expect(page).toContain('Six &#60;moves&#62; for &#36;{all}')
  },
)
