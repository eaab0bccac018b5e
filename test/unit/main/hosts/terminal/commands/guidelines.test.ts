import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createProject } from '@main/project/project'
import { temporaryFolder } from '../../../../../support/project'
import { terminalIn } from '../../../../../support/terminal'

let home: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  home = temporaryFolder()
  createProject(join(home.path, 'p')).close()
})
afterEach(() => home.remove())

const whynot = (...argv: string[]) => terminalIn(join(home.path, 'p'), join(home.path, 'home'), argv)

test('a file says how to answer, a look reads it back, and undo takes it away', async () => {
  expect((await whynot('guidelines')).out).toBe('The project says nothing of how to answer\n')
  writeFileSync(join(home.path, 'p', 'guide.md'), '## pole\n\nIt stands.\n')
  expect(await whynot('guidelines', 'guide.md')).toMatchObject({ out: '## pole\n\nIt stands.\n', code: 0 })
  const { out } = await whynot('guidelines', '--json')
  expect(JSON.parse(out)).toMatchObject({ markdown: '## pole\n\nIt stands.\n', html: expect.stringContaining('<h2>') })
  expect((await whynot('undo')).out).toBe('Undone: Change the guidelines\n')
  expect((await whynot('guidelines')).out).toContain('says nothing')
})

test('a file that is not there is named with the reason', async () => {
  const { err, code } = await whynot('guidelines', 'none.md')
  expect(err).toContain('none.md')
  expect(code).not.toBe(0)
})
