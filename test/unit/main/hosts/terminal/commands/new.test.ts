import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openProject } from '@main/project/project'
import { starterVocabularies } from '@shared/starter-vocabularies'
import { temporaryFolder } from '../../../../../support/project'
import { terminalIn } from '../../../../../support/terminal'

let home: ReturnType<typeof temporaryFolder>
beforeEach(() => (home = temporaryFolder()))
afterEach(() => home.remove())

const whynot = (...argv: string[]) => terminalIn(home.path, join(home.path, 'home'), argv)

/** The words of a project, in order, each with its group. */
function words(folder: string): { name: string; group: string }[] {
  const project = openProject(join(home.path, folder), { readonly: true })
  try {
    return project.repositories.attributes.rows().map(({ name, group }) => ({ name, group }))
  } finally {
    project.close()
  }
}

test('a project begins without words', async () => {
  expect((await whynot('new', 'p')).out).toContain(`Project p is in ${join(home.path, 'p')}`)
  expect(words('p')).toEqual([])
})

test('with a vocabulary it begins with those words, which undo takes away in one step', async () => {
  const { out, code } = await whynot('new', 'p', '--vocabulary', 'sports', '--json')
  expect([JSON.parse(out).attributes, code]).toEqual([starterVocabularies.sports.words.length, 0])
  expect(words('p')).toEqual(starterVocabularies.sports.words.map(({ name, group }) => ({ name, group })))
  expect((await whynot('undo', '--project', 'p')).out).toContain('Begin with the vocabulary')
  expect(words('p')).toEqual([])
})

test('a vocabulary that is none is refused with those there are, before anything is made', async () => {
  const { err, code } = await whynot('new', 'p', '--vocabulary', 'cooking')
  expect(code).toBe(1)
  for (const name of Object.keys(starterVocabularies)) expect(err).toContain(name)
  expect(() => words('p')).toThrow(expect.objectContaining({ code: 'PROJECT_NOT_FOUND' }))
})
