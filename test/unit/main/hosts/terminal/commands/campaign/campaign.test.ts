import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTerminal } from '@main/hosts/terminal/node-terminal'
import { runProgram } from '@main/hosts/terminal/program'
import { createProject } from '@main/project/project'
import { openStudio } from '@main/studio'
import { ProjectBuilder, temporaryFolder } from '../../../../../../support/project'

let home: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  home = temporaryFolder()
  const project = createProject(join(home.path, 'p'))
  const build = new ProjectBuilder(project)
  build.attribute('pole')
  build.attribute('ball')
  for (const split of ['train', 'train', 'test'] as const) build.video({ split })
  project.close()
})
afterEach(() => home.remove())

/** What a command line answers in the project's folder. */
async function whynot(...argv: string[]) {
  const seen = { out: '', err: '', code: 0 }
  const terminal = openTerminal({
    out: { write: (text) => (seen.out += text) },
    err: { write: (text) => (seen.err += text) },
    ...{ cwd: join(home.path, 'p'), env: {}, interrupted: new AbortController().signal },
    exitCode: (code) => (seen.code = code),
  })
  const start = () => () => {
    throw new Error('no process is needed for this')
  }
  const open = () => openStudio({ home: join(home.path, 'home'), start, startedBy: 'terminal' })
  await runProgram(terminal, { open, browserEntry: '/browser.js' }, ['campaign', ...argv])
  return seen
}

test('a campaign goes from draft to an empty layer by commands alone, each with its line', async () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  writeFileSync(join(home.path, 'p', 'knee.png'), png)
  writeFileSync(join(home.path, 'p', 'guide.md'), '# Look\n\n![a knee](knee.png)\n')
  const made = await whynot('create', 'moves', '--split', 'train', '--answers-wanted', '2', '--guidelines', 'guide.md')
  expect(made).toMatchObject({ out: 'moves  attributes  draft  0 of 4 answers, 2 items\n', err: '' })
  const shown = JSON.parse((await whynot('show', 'moves', '--json')).out) as { guidelines: string; settings: object }
  expect(shown.guidelines).toMatch(/!\[a knee\]\(picture:\w+\)/)
  expect(shown.settings).toMatchObject({ answersWanted: 2, goldEvery: 6 })
  expect((await whynot('open', 'moves')).out).toContain('open')
  expect((await whynot('change', 'moves', '--answers-wanted', '5')).out).toContain('0 of 10 answers')
  expect((await whynot('quality', 'moves')).out).toContain('alpha -')
  expect((await whynot('consolidate', 'moves', '--method', 'majority')).out).toContain('0 labels, 0 tracks')
  expect((await whynot('undo', 'moves')).out).toContain('not consolidated')
  expect((await whynot('export', 'moves', 'all.json')).out).toContain('0 answers')
  const file = JSON.parse(readFileSync(join(home.path, 'p', 'all.json'), 'utf8')) as { items: unknown[] }
  expect(file.items).toHaveLength(2)
  expect((await whynot('pause', 'moves')).out).toContain('paused')
  expect((await whynot('list')).out.trim().split('\n')).toHaveLength(1)
})

test('a name that is not there is an error that names those there are', async () => {
  await whynot('create', 'moves')
  const missing = await whynot('open', 'movse')
  expect([missing.code, missing.err.includes('moves')]).toEqual([1, true])
  const word = await whynot('create', 'other', '--attributes', 'stick')
  expect([word.code, word.err.includes('pole')]).toEqual([1, true])
})
