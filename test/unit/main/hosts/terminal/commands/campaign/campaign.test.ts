import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createProject, openProject } from '@main/project/project'
import { owner } from '@shared/actor'
import { ProjectBuilder, temporaryFolder } from '../../../../../../support/project'
import { terminalIn } from '../../../../../../support/terminal'

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
const whynot = (...argv: string[]) => terminalIn(join(home.path, 'p'), join(home.path, 'home'), ['campaign', ...argv])

/** Names of the videos of the campaign, in its order. */
async function videos(): Promise<string[]> {
  return [...(await whynot('items', 'moves')).out.matchAll(/^(\S.*?) {2}/gm)].map(([, name = '']) => name)
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

test('whoever sits at a terminal answers, skips, makes gold and asks again there', async () => {
  await whynot('create', 'moves', '--answers-wanted', '1', '--gold-every', '0')
  await whynot('open', 'moves')
  const names = await videos()
  expect(names).toHaveLength(3)
  expect((await whynot('next', 'moves')).out).toBe(`${names[0]}  90 frames, 3.0 s; 0 of 3 done\n  pole\n  ball\n`)
  expect((await whynot('answer', 'moves', 'pole=present')).err).toContain('ball')
  expect((await whynot('answer', 'moves', 'pole=present', 'stick=absent')).err).toContain('stick')
  expect((await whynot('answer', 'moves', 'pole=present', 'ball=seen')).err).toContain('present, absent or unsure')
  expect((await whynot('answer', 'moves', 'pole=present', 'ball=unsure')).out).toContain('1 of 3 done')
  expect((await whynot('skip', 'moves', '--reason', 'tooDark', '--note', 'at night')).out).toContain('skipped')
  expect((await whynot('items', 'moves', '--only', 'skipped')).out).toContain('tooDark at night')
  expect((await whynot('again', 'moves', names[0] ?? '')).out).toContain('1 asked again')
  expect((await whynot('items', 'moves')).out).toContain(`${names[0]}  1 of 2 answers`)
  expect((await whynot('gold', 'moves', names[0] ?? '')).out).toBe('1 gold\n')
  expect((await whynot('items', 'moves', '--only', 'gold', '--json')).out).toContain('"isGold": true')
  expect((await whynot('remove', 'moves')).out).toContain('removed')
  expect((await whynot('list')).out).toContain('No campaigns yet.')
})

test('answers of a crowd come in, and pages and decisions go out, by commands', async () => {
  await whynot('create', 'moves', '--answers-wanted', '1', '--gold-every', '0')
  await whynot('open', 'moves')
  const [video = ''] = await videos()
  const pages = await whynot('pages', 'moves', 'pages', '--videos-at', 'https://x.invalid/v')
  expect(pages).toMatchObject({
    out: expect.stringContaining('3 videos: attributes.html, attributes-batch.csv'),
    err: '',
  })
  const answers = [{ worker: 'A1', video, labels: { pole: 'present', ball: 'absent' }, seconds: 4 }]
  writeFileSync(join(home.path, 'p', 'a.json'), JSON.stringify({ kind: 'whynot-answers', answers }))
  expect((await whynot('import', 'moves', 'a.json', '--dry-run')).out).toContain(
    '1 of 1 rows taken, of 1 people: 2 labels',
  )
  expect((await whynot('show', 'moves')).out).toContain('0 of 3 answers')
  expect((await whynot('import', 'moves', 'a.json')).err).toBe('')
  expect((await whynot('show', 'moves')).out).toContain('1 of 3 answers')
  const columns = ['HITId', 'AssignmentId', 'WorkerId', 'AssignmentStatus', 'Input.video', 'Answer.taskAnswers']
  const row = ['H', 'G', 'A2', 'Submitted', video, '"[{""labels"":{""pole"":""present"",""ball"":""absent""}}]"']
  writeFileSync(join(home.path, 'p', 'r.csv'), `${columns.join(',')}\n${row.join(',')}\n`)
  expect((await whynot('import', 'moves', 'r.csv', '--json')).out).toContain('"taken": 1')
  const decided = await whynot('decisions', 'moves', 'r.csv', 'decided', '--bonus', '0.1')
  expect(decided).toMatchObject({ out: expect.stringContaining('1 approved, 0 rejected'), err: '' })
  expect((await whynot('decisions', 'moves', 'r.csv', 'decided', '--bonus', 'much')).err).toContain('--bonus')
})

test('a reviewer judges at the terminal: decides, undoes, leaves out and asks again', async () => {
  await whynot('create', 'moves', '--answers-wanted', '2', '--gold-every', '0')
  await whynot('open', 'moves')
  const [video = '', other = ''] = await videos()
  const say = (worker: string, of: string, pole: string) => ({
    ...{ worker, video: of, seconds: 4 },
    labels: { pole, ball: 'absent' },
  })
  const answers = [say('A1', video, 'present'), say('A2', video, 'absent'), say('A1', other, 'present')]
  writeFileSync(join(home.path, 'p', 'a.json'), JSON.stringify({ kind: 'whynot-answers', answers }))
  await whynot('import', 'moves', 'a.json')
  await whynot('consolidate', 'moves', '--method', 'majority')
  expect((await whynot('disagreements', 'moves')).out).toContain(`${video}  pole  label  tie`)
  expect((await whynot('decide', 'moves', video, 'pole', 'maybe')).err).toContain('present, absent, unsure or back')
  expect((await whynot('decide', 'moves', video, 'stick', 'present')).err).toContain('pole')
  expect((await whynot('decide', 'moves', 'clip', 'pole', 'present')).err).toContain(video)
  expect(await whynot('decide', 'moves', video, 'pole', 'present')).toMatchObject({ out: `${video}: pole present\n` })
  expect((await whynot('disagreements', 'moves')).out).not.toContain('tie')
  expect((await whynot('undo', 'moves', '--decision')).out).toBe('Undone: Decide that pole is present\n')
  expect((await whynot('disagreements', 'moves')).out).toContain('tie')
  await whynot('decide', 'moves', video, 'pole', 'absent')
  expect((await whynot('decide', 'moves', video, 'pole', 'back')).out).toContain('open again')
  expect(await whynot('decide', 'moves', video, 'pole', 'A2', '--boxes')).toMatchObject({ err: '' })
  expect(await whynot('decide', 'moves', video, 'pole', 'back', '--boxes')).toMatchObject({ err: '' })
  expect((await whynot('leave-out', 'moves', 'A2')).out).toBe('A2 left out\n')
  expect((await whynot('disagreements', 'moves')).out).not.toContain('tie')
  expect((await whynot('quality', 'moves')).out).toContain('A2 (left out)')
  expect((await whynot('leave-out', 'moves', 'A2', '--back')).out).toBe('A2 counts again\n')
  expect((await whynot('leave-out', 'moves', 'A3')).err).toContain('A1')
  expect((await whynot('again', 'moves', '--answered-by', 'A1')).out).toBe('2 asked again\n')
})

test('a name that is not there is an error that names those there are', async () => {
  await whynot('create', 'moves')
  const missing = await whynot('open', 'movse')
  expect([missing.code, missing.err.includes('moves')]).toEqual([1, true])
  const word = await whynot('create', 'other', '--attributes', 'stick')
  expect([word.code, word.err.includes('pole')]).toEqual([1, true])
})

test('a campaign asks about the videos that somebody is so far with, one state or several', async () => {
  const project = openProject(join(home.path, 'p'))
  const { videos: stored, work } = project.repositories
  const all = stored.all()
  const [first, second] = all
  work.put({ video: first!.id, person: owner.id, state: 'submitted', note: null, at: 1 })
  work.put({ video: second!.id, person: owner.id, state: 'skipped', note: 'dark', at: 1 })
  project.close()
  const asked = async (...states: string[]) => {
    const name = `those ${states.join(' ')}`
    await whynot('create', name, '--work', ...states, '--gold-every', '0')
    await whynot('open', name)
    const { out } = await whynot('items', name)
    return all.map((video) => video.name).filter((video) => out.includes(video))
  }
  expect(await asked('submitted')).toEqual([first!.name])
  expect(await asked('submitted', 'skipped')).toEqual([first!.name, second!.name])
  expect(await asked('new')).toEqual([all[2]!.name])
  expect((await whynot('create', 'x', '--work', 'finished')).err).toContain('submitted')
})
