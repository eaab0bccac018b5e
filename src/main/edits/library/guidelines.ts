import { type Edit, defineEdit } from '@main/store/history/edit'
import { z } from 'zod'

/** Says anew how to answer. Its inverse is the same edit with what was said before. */
export const setGuidelines = defineEdit({
  kind: 'project.set-guidelines',
  change: z.object({ markdown: z.string() }),
  label: ({ markdown }) => (markdown.trim() ? 'Change the guidelines' : 'Empty the guidelines'),
  apply({ project }, { markdown }): Edit {
    const before = project.guidelines()
    project.setGuidelines(markdown)
    return setGuidelines.of({ markdown: before })
  },
  // What is typed in one go is one step.
  continues: () => true,
})
