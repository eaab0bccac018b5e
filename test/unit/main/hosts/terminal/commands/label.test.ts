import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createProject, openProject } from '@main/project/project'
import { ProjectBuilder, temporaryFolder } from '../../../../../support/project'
import { terminalIn } from '../../../../../support/terminal'

let home: ReturnType<typeof temporaryFolder>
const folder = () => join(home.path, 'p')
beforeEach(() => {
  home = temporaryFolder()
  const project = createProject(folder())
  new ProjectBuilder(project).video({ name: 'clip', record: { frames: 90 } })
  project.close()
})
afterEach(() => home.remove())

const label = (...argv: string[]) => terminalIn(folder(), join(home.path, 'home'), ['label', ...argv])

function spans(): [number, number][] {
  const project = openProject(folder())
  try {
    const [video] = project.repositories.videos.all()
    return project.repositories.spans.ofVideo(video!.id).map(({ from, to }) => [from, to])
  } finally {
    project.close()
  }
}

test('attributes of a video are marked from one frame to another', async () => {
  const { out } = await label('--video', 'clip', '--attributes', 'pole, ball', '--from', '12', '--to', '40')
  expect(out).toContain('2 answers for 1 videos')
  expect(spans()).toEqual([
    [12, 40],
    [12, 40],
  ])
})

test('an end without the other, or of a whole class or file, is refused with what to give', async () => {
  const marked = ['--video', 'clip', '--attributes', 'pole']
  expect((await label(...marked, '--from', '12')).err).toContain('Give --from and --to together')
  expect((await label(...marked, '--from', '1.5', '--to', '9')).err).toContain('Give --from and --to together')
  expect((await label(...marked, '--from', '9', '--to', '5')).err).toContain('before it begins at 9')
  expect((await label(...marked, '--from', '9', '--to', '90')).err).toContain('no such frame')
  expect((await label('all.csv', '--from', '9', '--to', '12')).err).toContain('--from and --to out')
  expect(spans()).toEqual([])
})
