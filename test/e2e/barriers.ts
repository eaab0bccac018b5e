import axe from 'axe-core'
import type { Page } from 'playwright-core'

interface Found {
  violations: { id: string; nodes: { html: string }[] }[]
}

/** What keeps people who see, hear or move otherwise out of the page, by axe's rules: each rule with what breaks it. */
export async function barriers(page: Page): Promise<string[]> {
  // By the debugger: the page's own policy lets no script in.
  await page.evaluate(`${axe.source};0`)
  const { violations } = await page.evaluate<Found>("axe.run(document, { resultTypes: ['violations'] })")
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}
