/** A part of the guidelines: what stands under one heading. */
export interface GuidePage {
  title: string
  nodes: readonly Node[]
}

const headings = new Set(['H1', 'H2', 'H3'])

/** Cuts guidelines at their headings; what stands before the first one is a page without a title. */
export function guidePages(html: string): GuidePage[] {
  const pages: GuidePage[] = []
  let title = ''
  let parts: Node[] = []
  const end = () => {
    if (title || parts.some((part) => part instanceof HTMLElement)) pages.push({ title, nodes: parts })
  }
  // A parsed document runs nothing and loads nothing.
  for (const node of [...new DOMParser().parseFromString(html, 'text/html').body.childNodes]) {
    if (node instanceof HTMLElement && headings.has(node.tagName)) {
      end()
      title = node.textContent.trim()
      parts = []
    } else parts.push(node)
  }
  end()
  return pages
}

/** The page about a word: its heading is the word, or begins with it; null where there is none. */
export function pageAbout(pages: readonly GuidePage[], word: string): number | null {
  const wanted = word.trim().toLowerCase()
  const titles = pages.map(({ title }) => title.toLowerCase())
  const exact = titles.indexOf(wanted)
  const found = exact >= 0 ? exact : titles.findIndex((title) => title.startsWith(wanted))
  return found >= 0 ? found : null
}
