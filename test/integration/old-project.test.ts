import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AnnotationService } from '@main/annotation/annotation-service'
import { type Project, openProject } from '@main/project/project'
import { migrations } from '@main/store/migrations'
import { VideoId } from '@shared/ids'
import { aLibrary } from '../support/library'
import { editedRows } from '../support/database'
import { oldProject, rawRows } from '../support/old-project'
import { temporaryFolder } from '../support/project'
import { owner } from '@shared/actor'

let home: ReturnType<typeof temporaryFolder>
let folder: string
let project: Project | null = null

beforeEach(() => {
  home = temporaryFolder()
  folder = oldProject(home.path)
})
afterEach(() => {
  project?.close()
  project = null
  home.remove()
})

const file = () => join(folder, 'project.db')

function opened(): Project {
  project = openProject(folder)
  return project
}

/** The steps of one history, as they stand in the old file. */
function oldSteps(scope: string, undone: 0 | 1): string[] {
  const rows = rawRows(file(), `select label from edit where scope = '${scope}' and undone = ${undone} order by id`)
  return rows.map(({ label }) => String(label))
}

function repeated(step: () => { label: string | null }): string[] {
  const labels: string[] = []
  for (let { label } = step(); label !== null; { label } = step()) labels.push(label)
  return labels
}

test('a project of the third version opens, brought up to date, and a backup of it as it was lies beside', () => {
  const { version } = rawRows(file(), 'select user_version as version from pragma_user_version')[0] ?? {}
  const { schemaVersion } = opened().info()

  expect([version, schemaVersion]).toEqual([3, migrations.length])
  if (migrations.length > 3) {
    const [backup = ''] = readdirSync(join(folder, 'backups'))
    expect(rawRows(join(folder, 'backups', backup), 'select * from edit')).toHaveLength(30)
  }
})

test('what people said of the videos of an old project is what it was', () => {
  const labels = 'select video, attribute, value, source from video_attribute order by 1, 2'
  const before = rawRows(file(), labels)
  const tracks = rawRows(file(), 'select id, video, attribute, kind from track order by id')
  const boxes = rawRows(file(), 'select * from keyframe order by track, frame')

  const { repositories } = opened()

  expect(rawRows(file(), labels)).toEqual(before)
  const videos = repositories.videos.ids()
  const present = new Map([...repositories.labels.allPresent()].map(([video, set]) => [String(video), set.size]))
  const wanted = Map.groupBy(
    before.filter(({ value }) => value === 'present'),
    ({ video }) => String(video),
  )
  expect(present).toEqual(new Map([...wanted].map(([video, rows]) => [video, rows.length])))
  const whole = repositories.tracks.ofVideos(videos).sort((a, b) => (a.id < b.id ? -1 : 1))
  expect(whole.map(({ id, video, attribute, kind }) => ({ id, video, attribute, kind }))).toEqual(tracks)
  expect(whole.flatMap(({ keyframes }) => keyframes)).toHaveLength(boxes.length)
  // Nobody had anything proposed to them then.
  const own = boxes.map((box) => ({ ...box, proposed: 0 }))
  expect(rawRows(file(), 'select * from keyframe order by track, frame')).toEqual(own)
})

test('what was trained and measured in an old project is what it was', () => {
  const { runs, evaluations } = opened().repositories

  const [evaluation] = evaluations.list()
  expect(runs.list().map(({ name, state }) => [name, state])).toEqual([
    ['Small explainer', 'done'],
    ['Small classifier', 'done'],
  ])
  expect(runs.list().flatMap(({ id }) => runs.metrics(id))).toHaveLength(7)
  expect(evaluation).toMatchObject({ state: 'done' })
  const outcomes = evaluation ? evaluations.outcomes(evaluation.id) : []
  expect(outcomes).toHaveLength(77)
  expect(outcomes.flatMap(({ mark }) => mark ?? [])).toEqual(
    expect.arrayContaining([
      { cause: 'boxWrong', note: 'the box is late' },
      { cause: 'unclear', note: '' },
    ]),
  )
})

test('every step of an old project can be taken back and done again', () => {
  const scopes = rawRows(file(), "select distinct scope from edit where scope <> 'library' order by scope desc")
  const videos = scopes.map(({ scope }) => VideoId.parse(scope))
  const done = new Map(['library', ...videos].map((scope) => [scope, oldSteps(scope, 0)]))
  const undone = new Map(['library', ...videos].map((scope) => [scope, oldSteps(scope, 1)]))
  const opening = opened()
  const [annotation, library] = [new AnnotationService(opening, () => {}), aLibrary(opening)]
  const rowsNow = () => {
    const db = new Sqlite(file(), { readonly: true })
    try {
      return editedRows(db)
    } finally {
      db.close()
    }
  }
  const before = rowsNow()

  for (const video of videos)
    expect(repeated(() => annotation.undo(owner, video))).toEqual([...(done.get(video) ?? [])].reverse())
  expect(repeated(() => library.undo(owner))).toEqual([...(done.get('library') ?? [])].reverse())

  const again = (scope: string, step: () => { label: string | null }) => {
    const wanted = done.get(scope) ?? []
    expect(wanted.map(() => step().label)).toEqual(wanted)
  }
  again('library', () => library.redo(owner))
  for (const video of videos) again(video, () => annotation.redo(owner, video))
  expect(rowsNow()).toEqual(before)

  expect(repeated(() => library.redo(owner))).toEqual(undone.get('library'))
  for (const video of videos) expect(repeated(() => annotation.redo(owner, video))).toEqual(undone.get(video))
})
