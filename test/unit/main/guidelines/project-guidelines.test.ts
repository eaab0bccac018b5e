import { afterEach, beforeEach, expect, test } from 'vitest'
import { ProjectGuidelines } from '@main/guidelines/project-guidelines'
import type { LibraryService } from '@main/library/library-service'
import { type Actor, owner } from '@shared/actor'
import type { Change } from '@shared/contract/system'
import { aLibrary } from '../../../support/library'
import { aProject } from '../../../support/project'

let made: ReturnType<typeof aProject>
let library: LibraryService
let guidelines: ProjectGuidelines
let changes: Change['area'][]
const ann: Actor = { ...owner, role: 'annotator' }

beforeEach(() => {
  made = aProject()
  changes = []
  const onChange = ({ area }: Change) => void changes.push(area)
  library = aLibrary(made.project, onChange)
  guidelines = new ProjectGuidelines(made.project, async (bytes) => bytes, onChange)
})
afterEach(() => made.remove())

const say = (markdown: string, gesture?: string) => guidelines.set(owner, { markdown, gesture })
const said = () => guidelines.read().markdown

test('a new project says nothing; what is said is read as Markdown and as safe HTML', async () => {
  expect(guidelines.read()).toEqual({ markdown: '', html: '' })
  const { html } = await say('## pole\n\nIt *stands*. <script>alert(1)</script>')
  expect(html).toContain('<h2>pole</h2>')
  expect(html).toContain('<em>stands</em>')
  expect(html).not.toContain('<script>')
  expect(changes).toEqual(['guidelines'])
})

test('it is taken back and done again as a step of the library, and every window is told', async () => {
  await say('one')
  await say('two')
  changes = []
  expect(library.undo(owner)).toMatchObject({ label: 'Change the guidelines' })
  expect([said(), changes.includes('guidelines')]).toEqual(['one', true])
  library.undo(owner)
  expect(said()).toBe('')
  library.redo(owner)
  library.redo(owner)
  expect(said()).toBe('two')
})

test('what is typed in one go is one step; what is there already is none', async () => {
  await say('before')
  for (const text of ['b', 'be', 'bend', 'bend', 'bend the knee']) await say(text, 'typing')
  expect(library.undo(owner).label).toBe('Change the guidelines')
  expect(said()).toBe('before')
  library.redo(owner)
  await say('bend the knee')
  library.undo(owner)
  expect(said()).toBe('before')
})

test('a picture that was added stands in them whole, and one that was not is left out', async () => {
  const { picture, markdown } = await guidelines.addPicture(owner, Buffer.from('a picture').toString('base64'))
  const { html } = await say(`Look:\n\n${markdown}\n\n![](picture:${'0'.repeat(64)})`)
  const source = `data:image/webp;base64,${Buffer.from('a picture').toString('base64')}`
  expect(html.match(/<img[^>]*>/g)).toEqual([expect.stringContaining(source)])
  // It belongs to the guidelines, and is no picture of a word.
  expect(() => made.project.repositories.pictures.shown(picture as never)).toThrow(
    expect.objectContaining({ code: 'NOT_FOUND' }),
  )
})

test('who only answers reads them and changes nothing', async () => {
  await expect(guidelines.set(ann, { markdown: 'x' })).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  await expect(guidelines.addPicture(ann, 'eA==')).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  expect(said()).toBe('')
})
