import type { ProjectGuidelines } from '@shared/contract/project'
import type { Repositories } from '@main/store/repositories'
import { guidelinesHtml } from './guidelines-html'

/** How a project says to answer: as it was written, and as HTML that is safe to show, pictures and all. */
export function readGuidelines({ project, pictures }: Repositories): ProjectGuidelines {
  const markdown = project.guidelines()
  const ids = [...markdown.matchAll(/picture:([0-9a-f]{64})/g)].map(([, id = '']) => id)
  const shown = pictures.ofIds([...new Set(ids)]).map((picture) => ({ ...picture, type: 'image/webp' }))
  return { markdown, html: guidelinesHtml(markdown, shown) }
}
