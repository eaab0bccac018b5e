import { mkdirSync } from 'node:fs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LibraryService } from '@main/library/library-service'
import { WordPictures } from '@main/library/word-pictures'
import { openProject } from '@main/project/project'
import { type Actor, owner } from '@shared/actor'
import type { Box } from '@shared/geometry/box'
import type { AttributeId, PictureId, VideoId } from '@shared/ids'
import { aLibrary } from '../../../support/library'
import { aProject } from '../../../support/project'

let made: ReturnType<typeof aProject>
let library: LibraryService
let pictures: WordPictures
let pole: AttributeId
let post: AttributeId
let video: VideoId
/** What a picture was made of; it becomes the bytes themselves, and `cut` where a part was taken. */
const small = vi.fn(async (bytes: Uint8Array, { part }: { part: Box | null; longest: number }) =>
  Buffer.concat([bytes, Buffer.from(part ? 'cut' : '')]),
)

beforeEach(() => {
  made = aProject()
  library = aLibrary(made.project)
  const frame = async (_: VideoId, ordinal: number) => Buffer.from(`frame ${ordinal}`)
  pictures = new WordPictures(made.project, { frame, small }, () => {})
  ;[pole, post] = [made.build.attribute('pole'), made.build.attribute('post')]
  video = made.build.video({ record: { width: 320, height: 240 } })
})
afterEach(() => made.remove())

const pictureOf = (id: AttributeId) => made.project.repositories.attributes.find(id)?.picture ?? null
const textOf = (id: PictureId | null) => id && Buffer.from(made.project.repositories.pictures.shown(id)).toString()
const file = (text: string) => ({ base64: Buffer.from(text).toString('base64') })

test('a word gets a picture from a file, another one in its place, and undo goes back through both', async () => {
  await pictures.set(owner, pole, file('one'))
  const first = pictureOf(pole)
  await pictures.set(owner, pole, file('two'))
  expect([textOf(pictureOf(pole)), textOf(pictureOf(post))]).toEqual(['two', null])
  expect(library.undo(owner)).toMatchObject({ label: 'Give pole a picture' })
  expect(pictureOf(pole)).toBe(first)
  expect(textOf(first)).toBe('one')
  library.undo(owner)
  expect(pictureOf(pole)).toBeNull()
  library.redo(owner)
  expect(textOf(pictureOf(pole))).toBe('one')
})

test('a picture that was taken away is shown to nobody, and undo shows it again', async () => {
  await pictures.set(owner, pole, file('one'))
  const id = pictureOf(pole)!
  await pictures.remove(owner, pole)
  expect(pictureOf(pole)).toBeNull()
  expect(() => textOf(id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  expect(library.undo(owner)).toMatchObject({ label: 'Take the picture of pole away' })
  expect(textOf(id)).toBe('one')
})

test('taking away what is not there is no step', async () => {
  await pictures.remove(owner, pole)
  expect(library.undo(owner)).toMatchObject({ label: null })
})

test('a frame is taken whole, or cut to a box with a fifth of its longer side about it', async () => {
  await pictures.set(owner, pole, { video, frame: 7, box: null })
  expect(small).toHaveBeenLastCalledWith(Buffer.from('frame 7'), { part: null, longest: 480 })
  await pictures.set(owner, pole, { video, frame: 8, box: { x1: 100, y1: 100, x2: 150, y2: 120 } })
  expect(small).toHaveBeenLastCalledWith(Buffer.from('frame 8'), {
    part: { x1: 90, y1: 90, x2: 160, y2: 130 },
    longest: 480,
  })
  await pictures.set(owner, pole, { video, frame: 8, box: { x1: 300, y1: -5, x2: 400, y2: 20 } })
  expect(small).toHaveBeenLastCalledWith(Buffer.from('frame 8'), {
    part: { x1: 280, y1: 0, x2: 320, y2: 40 },
    longest: 480,
  })
  await pictures.set(owner, pole, { video, frame: 8, box: { x1: 900, y1: 0, x2: 950, y2: 20 } })
  expect(small).toHaveBeenLastCalledWith(Buffer.from('frame 8'), { part: null, longest: 480 })
})

test('who only answers gives no picture, and a word that is gone gets none', async () => {
  const ann: Actor = { ...owner, role: 'annotator' }
  await expect(pictures.set(ann, pole, file('one'))).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  await expect(pictures.remove(ann, pole)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  library.removeAttribute(owner, pole)
  await expect(pictures.set(owner, pole, file('one'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a deleted word comes back with its picture, and a renamed one keeps it', async () => {
  await pictures.set(owner, pole, file('one'))
  library.updateAttribute(owner, pole, { name: 'flag pole', description: 'tall' })
  library.removeAttribute(owner, pole)
  library.undo(owner)
  expect(textOf(pictureOf(pole))).toBe('one')
})

test('merged words keep the picture of the one that stays, else take over the other one', async () => {
  await pictures.set(owner, post, file('of post'))
  library.vocabulary.mergeAttributes(owner, { id: post, into: pole })
  expect(textOf(pictureOf(pole))).toBe('of post')
  library.undo(owner)
  expect([pictureOf(pole), textOf(pictureOf(post))]).toEqual([null, 'of post'])
  await pictures.set(owner, pole, file('of pole'))
  library.vocabulary.mergeAttributes(owner, { id: post, into: pole })
  expect(textOf(pictureOf(pole))).toBe('of pole')
})

test('a word that is split keeps its picture; the finer ones have none yet', async () => {
  await pictures.set(owner, pole, file('one'))
  const finer = library.vocabulary.splitAttribute(owner, { id: pole, names: ['flag pole', 'lamp pole'] })
  expect([textOf(pictureOf(pole)), ...finer.map(pictureOf)]).toEqual(['one', null, null])
})

test('a backup and the database of an archive hold the pictures', async () => {
  await pictures.set(owner, pole, file('one'))
  const copy = `${made.folder}/../copy`
  mkdirSync(copy)
  made.project.copyTo(`${copy}/project.db`, new Map())
  const other = openProject(copy, { readonly: true })
  try {
    expect(Buffer.from(other.repositories.pictures.shown(pictureOf(pole)!)).toString()).toBe('one')
  } finally {
    other.close()
  }
})
