import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { packProject, unpackProject } from '@main/interchange/archive'
import { openProject } from '@main/project/project'
import { aProject, temporaryFolder } from '../../../support/project'

let made: ReturnType<typeof aProject>
let home: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  made = aProject()
  home = temporaryFolder()
})
afterEach(() => {
  made.remove()
  home.remove()
})

const signal = new AbortController().signal

test('a packed project opens elsewhere with its labels, pictures of words and guidelines, and finds its films inside itself', async () => {
  const { build, project } = made
  const film = join(home.path, 'clip.mp4')
  writeFileSync(film, 'a film')
  const [here, gone] = [build.video({ name: 'clip', path: film }), build.video({ name: 'gone', path: '/gone/x.mp4' })]
  const pole = build.attribute('pole')
  build.label(here, pole)
  const { attributes, pictures, project: about } = project.repositories
  const picture = pictures.keep(Buffer.from('a pole'))
  attributes.put({ ...attributes.get(pole), picture })
  about.setGuidelines('Look first.')
  const span = build.span(here, pole, [3, 9])
  writeFileSync(join(project.paths.media, 'proxy.mp4'), 'a preview')
  const out = join(home.path, 'all.zip')
  expect(await packProject(project, out, { withFilms: true, signal })).toEqual({
    ...{ out, videos: 2, films: 1 },
    missing: ['gone'],
  })
  const folder = join(home.path, 'elsewhere')
  await unpackProject(out, folder)
  const other = openProject(folder)
  try {
    const { videos, labels } = other.repositories
    expect(readFileSync(other.paths.absolute(videos.get(here).path), 'utf8')).toBe('a film')
    expect(videos.get(gone).path).toBe('/gone/x.mp4')
    expect(labels.ofVideo(here)).toHaveLength(1)
    expect(Buffer.from(other.repositories.pictures.shown(picture)).toString()).toBe('a pole')
    expect(other.repositories.project.guidelines()).toBe('Look first.')
    expect(other.repositories.spans.get(span)).toMatchObject({ attribute: pole, from: 3, to: 9 })
    expect(readFileSync(join(other.paths.media, 'proxy.mp4'), 'utf8')).toBe('a preview')
  } finally {
    other.close()
  }
  await expect(unpackProject(out, folder)).rejects.toMatchObject({ code: 'PROJECT_EXISTS' })
  expect(project.repositories.videos.get(here).path).toBe(film)
})

test('a zip of something else, and a broken one, leave nothing behind', async () => {
  const out = join(home.path, 'all.zip')
  await packProject(made.project, out, { withFilms: false, signal })
  const bytes = readFileSync(out)
  writeFileSync(out, bytes.subarray(0, bytes.length / 2))
  const folder = join(home.path, 'elsewhere')
  await expect(unpackProject(out, folder)).rejects.toMatchObject({ code: 'BAD_SETTING' })
  expect(existsSync(folder) || existsSync(`${folder}.part`)).toBe(false)
})
