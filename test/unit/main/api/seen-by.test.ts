import { join } from 'node:path'
import { safe } from '@orpc/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownClient } from '@main/api/own-client'
import { seenBy, wordsSeenBy } from '@main/api/seen-by'
import { type Studio, openStudio } from '@main/studio'
import { type Actor, type Role, owner } from '@shared/actor'
import { type Api, contract } from '@shared/contract'
import type { CallMeta } from '@shared/contract/base'
import { PersonId, VideoId } from '@shared/ids'
import { ProjectBuilder, temporaryFolder } from '../../../support/project'

const as = (role: Role): Actor => ({ id: PersonId.parse(role), name: role, role })

describe('words', () => {
  const said = (words: string) => wordsSeenBy(as('annotator'), words)

  test.for([
    [
      "ENOENT: no such file or directory, open '/home/me/My films/a b.mp4'",
      "ENOENT: no such file or directory, open 'a b.mp4'",
    ],
    ['/home/me/films/clip.mp4: moov atom not found', 'clip.mp4: moov atom not found'],
    [String.raw`C:\Users\me\films\clip.mp4 is not there`, 'clip.mp4 is not there'],
    ['frames 3/4 and 5/6 of 12', 'frames 3/4 and 5/6 of 12'],
    ['see https://ffmpeg.org/about.html', 'see https://ffmpeg.org/about.html'],
  ])('keep of a path its last part: %s', ([words = '', seen]) => {
    expect(said(words)).toBe(seen)
    expect(wordsSeenBy(as('reviewer'), words)).toBe(words)
  })
})

test('fields that name places are null to whoever only labels, at any depth; values of other fields stay', () => {
  const answer = {
    path: '/a/b',
    rows: [{ name: '/a/b', path: '/a/b/c', reason: 'at /a/b/c' }],
    paths: ['/a/b'],
    count: 2,
  }
  expect(seenBy(as('annotator'), answer)).toEqual({
    ...{ path: null, rows: [{ name: '/a/b', path: null, reason: 'at c' }], paths: [], count: 2 },
  })
  expect(seenBy(as('reviewer'), answer)).toBe(answer)
})

describe('on a real project', () => {
  const folder = temporaryFolder()
  const films = join(folder.path, 'the films')
  let studio: Studio
  let everything: Record<string, unknown>

  beforeAll(async () => {
    studio = openStudio({
      ...{ home: join(folder.path, 'home'), startedBy: 'terminal' },
      start: () => () => {
        throw new Error('nothing here needs a process')
      },
    })
    await studio.create(join(folder.path, 'project'), 'Kicks')
    const { project } = studio.workspace()
    const builder = new ProjectBuilder(project)
    const attribute = builder.attribute('ball')
    const path = join(films, 'kick.avi')
    const reason = `${path}: Invalid data found when processing input; open '${path}'`
    const video = builder.video({ path, record: { status: 'damaged', reason, badFrames: [3] } })
    const answer = await ownClient(studio).annotation.setLabel({ video, attribute, value: 'present' })
    everything = {
      ...{ video, id: video, attribute, value: 'present', frame: 0, from: 0, to: 1, reason: 'too dark', name: 'Mine' },
      ...{ labels: [{ attribute, value: 'absent' }], of: { by: 'filter', filter: {} }, track: 'none', with: 'none' },
      videos: [answer.video],
    }
  })
  afterAll(async () => {
    await studio.close()
    folder.remove()
  })

  /** Procedures that a role reaches, by area and name. */
  const reached = Object.entries(contract).flatMap(([area, procedures]) =>
    Object.entries(procedures as Record<string, { '~orpc': { meta: CallMeta } }>)
      .filter(([, { '~orpc': part }]) => part.meta.role === 'annotator')
      .map(([name]) => ({ area, name })),
  )

  async function answerTo(api: Api, { area, name }: { area: string; name: string }): Promise<string> {
    const areas = api as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>
    const { error, data } = await safe(areas[area]![name]!(everything))
    if (error) return JSON.stringify({ ...error, message: error.message })
    const stream = data as Partial<AsyncGenerator> | null
    // A stream of changes carries ids; it is only closed.
    if (typeof stream?.return === 'function') await stream.return(undefined)
    return JSON.stringify(data)
  }

  test('no procedure tells an annotator where the project or a film lies, whether it answers or fails', async () => {
    const api = ownClient(studio, as('annotator'))
    const told: string[] = []
    for (const procedure of reached) {
      const answer = await answerTo(api, procedure)
      if (answer.includes(folder.path) || answer.includes('the films')) told.push(`${procedure.area}.${procedure.name}`)
    }
    expect(reached.length).toBeGreaterThan(20)
    expect(told).toEqual([])
    expect(await api.project.current()).toMatchObject({ name: 'Kicks', path: null, videos: 1 })
    const { rows } = await api.library.videos({})
    expect(rows[0]!.reason).toBe("kick.avi: Invalid data found when processing input; open 'kick.avi'")
    expect(await api.library.video({ id: rows[0]!.id })).toMatchObject({ path: null, badFrames: [3] })
  })

  test('nor does a failure that nobody foresaw', async () => {
    const { error } = await safe(
      ownClient(
        new Proxy(studio, {
          get: (target, name) => {
            if (name !== 'workspace') return Reflect.get(target, name) as unknown
            return () => {
              throw new Error(`EIO: cannot read '${films}/kick.avi'`)
            }
          },
        }),
        as('annotator'),
      ).library.video({ id: VideoId.parse('any') }),
    )
    expect(error).toMatchObject({ code: 'INTERNAL', data: { reason: "EIO: cannot read 'kick.avi'" } })
  })

  test('the owner is told', async () => {
    const api = ownClient(studio, owner)
    expect(await answerTo(api, { area: 'project', name: 'current' })).toContain(folder.path)
    expect(await answerTo(api, { area: 'library', name: 'video' })).toContain('the films')
  })
})
