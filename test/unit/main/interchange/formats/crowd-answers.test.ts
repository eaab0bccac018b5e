import { expect, test } from 'vitest'
import { allFormats } from '@main/interchange/formats'
import { FormatRegistry } from '@main/interchange/registry'
import { aFolder, aSource } from '../../../../support/interchange'
import { readAll } from '../../../../support/memory-source'

const registry = new FormatRegistry(allFormats)
const file = (...answers: object[]) => JSON.stringify({ kind: 'whynot-answers', answers })
const one = { worker: 'Ann', video: 'clip', labels: { ball: 'present' }, submittedAt: '2026-03-01T10:00:00Z' }

async function read(source: ReturnType<typeof aSource>) {
  const [best] = await registry.candidates(source)
  const found = await readAll(best!.format, source)
  return { format: best!.format.name, ...found }
}

test('answers of a file and of a folder of files are read under their names', async () => {
  const alone = await read(aSource('typed.json', file(one, { ...one, worker: 'Ben', labels: { ball: 'unsure' } })))
  expect([alone.format, alone.rows, alone.notes]).toEqual(['answers', 2, []])
  expect(alone.videos.get('clip')?.answers).toMatchObject([
    { person: 'Ann', value: 'present', at: Date.UTC(2026, 2, 1, 10) },
    { person: 'Ben', value: 'unsure' },
  ])
  const folder = await read(
    aFolder('all', { 'answer-1.json': file(one), 'answer-2.json': file({ ...one, worker: 'Cid' }) }),
  )
  expect([folder.format, folder.videos.get('clip')?.answers.length]).toEqual(['answers', 2])
})

test('what makes no sense is said with its place, and the others are taken', async () => {
  const { videos, notes } = await read(aSource('x.json', file({ video: 'clip' }, { ...one, submittedAt: 'noon' })))
  expect(videos.get('clip')?.answers).toHaveLength(1)
  expect(notes.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^x\.json: answer 1: worker /),
    'x.json: "noon" is no time that can be read; it is left out',
  ])
})

test('a file that is no JSON is refused', async () => {
  const broken = aSource('x.json', '{"kind": "whynot-answers", ')
  await expect(read(broken)).rejects.toMatchObject({ code: 'BAD_SETTING' })
})
