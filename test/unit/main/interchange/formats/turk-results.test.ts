import { describe, expect, test } from 'vitest'
import { allFormats } from '@main/interchange/formats'
import { FormatRegistry } from '@main/interchange/registry'
import type { NeutralVideo } from '@main/interchange/dataset'
import { memoryFile, readAll } from '../../../../support/memory-source'

const registry = new FormatRegistry(allFormats)
const clip = {
  ...{ name: 'clip.mp4', frames: 50, width: 320, height: 240, fps: 25 },
  timestampsMs: () => Array.from({ length: 50 }, (_, i) => i * 40),
}

const read = async (text: string | Uint8Array, options: object = {}) => {
  const source = memoryFile('Batch_1_results.csv', text)
  const [best] = await registry.candidates(source)
  const { parts, notes, rows } = await readAll(best!.format, source, { videos: [clip], options })
  const videos = parts.flatMap((part) => (part.kind === 'video' ? [part.video] : []))
  return { format: best!.format.name, videos, notes, rows }
}
const words = ({ answers }: NeutralVideo) =>
  Object.fromEntries(answers.map(({ attribute, value }) => [attribute, value]))

const header = 'HITId,AssignmentId,WorkerId,AssignmentStatus,SubmitTime,Input.video_url'
const row = (worker: string, rest = '', status = 'Submitted') =>
  `H1,${worker}1,${worker},${status},Thu Oct 09 07:30:20 UTC 2025,https://x.invalid/clip.mp4${rest}`

describe('results of Mechanical Turk', () => {
  test('are found by their columns, in any order, with a mark, Windows line ends, and columns missing or added', async () => {
    const { format, videos, notes } = await read(
      `\ufeffAnswer.ball,Turkle.Username,"HITId",Input.video_url\r\npresent,ann,H1,https://x.invalid/a%20b.mp4?sig=1\r\n`,
    )
    expect(format).toBe('mturk')
    expect(notes).toEqual([])
    expect(videos).toMatchObject([
      { name: 'a b.mp4', answers: [{ attribute: 'ball', value: 'present', person: 'ann', at: null }] },
    ])
  })

  test('say who and when, in UTC', async () => {
    const { videos } = await read(`${header},Answer.ball\n${row('W', ',?')}`)
    expect(videos[0]?.answers).toEqual([
      expect.objectContaining({ value: 'unsure', person: 'W', at: Date.UTC(2025, 9, 9, 7, 30, 20) }),
    ])
  })

  test('leave rejected assignments out and say so, unless they are asked for', async () => {
    const text = `${header},Answer.ball\n${row('A', ',yes', 'Approved')}\n${row('B', ',no', 'Rejected')}`
    const { videos, notes } = await read(text)
    expect(videos.map(words)).toEqual([{ ball: 'present' }])
    expect(notes).toEqual([{ kind: 'skipped', line: 3, reason: 'the assignment of B was rejected' }])
    expect((await read(text, { rejected: true })).videos).toHaveLength(2)
  })

  test('take an assignment once', async () => {
    const { videos, notes, rows } = await read(`${header},Answer.ball\n${row('A', ',yes')}\n${row('A', ',no')}`)
    expect([rows, videos.map(words)]).toEqual([1, [{ ball: 'present' }]])
    expect(notes).toEqual([expect.objectContaining({ kind: 'duplicate', line: 3 })])
  })

  test('hold fields, choices joined by |, boxes that stand ticked or empty, dotted names and entities', async () => {
    const columns =
      'Answer.ball,Answer.weather,Answer.crowded,Answer.empty,Answer.mood.label,Answer.animals.cat&#44; dog'
    const { videos } = await read(`${header},${columns}\n${row('A', ',0,rain|high wind,on,,Calm &amp; still,true')}`)
    expect(words(videos[0]!)).toEqual({
      ball: 'absent',
      ...{
        rain: 'present',
        'high wind': 'present',
        crowded: 'present',
        'Calm & still': 'present',
        'cat, dog': 'present',
      },
    })
  })

  test('hold a field whose column comes twice', async () => {
    const { videos } = await read(`${header},Answer.seen,Answer.seen\n${row('A', ',ball,pole')}`)
    expect(words(videos[0]!)).toEqual({ ball: 'present', pole: 'present' })
  })

  test('hold the JSON of widgets over several lines, its boxes scaled to the video and seen in one frame', async () => {
    const json = JSON.stringify(
      [
        {
          found: {
            boundingBoxes: [{ label: 'ball', left: 10, top: 20, width: 30, height: 40 }],
            inputImageProperties: { width: 160, height: 120 },
          },
          weather: { label: 'rain' },
          seen: { pole: true, hurdle: false },
        },
      ],
      null,
      1,
    )
    const { videos } = await read(`${header},Answer.taskAnswers\r\n${row('A', `,"${json.replaceAll('"', '""')}"`)}`, {
      frame: 7,
    })
    expect(words(videos[0]!)).toEqual({ rain: 'present', pole: 'present' })
    const box = { x1: 20, y1: 40, x2: 80, y2: 120 }
    expect(videos[0]?.tracks).toMatchObject([
      {
        ...{ attribute: 'ball', person: 'A' },
        keyframes: [
          { frame: 7, box, outside: false },
          { frame: 8, box, outside: true },
        ],
      },
    ])
  })

  test('hold what our own layouts write: three answers, tracks by time, and why it was passed over', async () => {
    const box = { left: 1, top: 2, width: 3, height: 4 }
    const keyframes = [
      { time: 0.4, ...box },
      { time: 1.2, ...box, outside: true },
    ]
    const said = [
      { labels: { ball: 'unsure', 'pole, long': 'absent' }, tracks: [{ attribute: 'ball', keyframes }] },
      { labels: {}, skipped: 'too dark' },
    ].map((one) => `"${JSON.stringify([one]).replaceAll('"', '""')}"`)
    const text = `${header},Answer.taskAnswers\n${row('A', `,${said[0]}`)}\n${row('B', `,${said[1]}`)}`
    const { videos, notes } = await read(text)
    expect(words(videos[0]!)).toEqual({ ball: 'unsure', 'pole, long': 'absent' })
    expect(videos[0]?.tracks[0]?.keyframes).toMatchObject([
      { frame: 10, outside: false },
      { frame: 30, outside: true },
    ])
    expect(notes).toEqual([{ kind: 'skipped', line: 3, reason: 'B passed it over: too dark' }])
  })

  test('guarded cells are read as they were', async () => {
    const { videos } = await read(`${header},Answer.seen\n${row('A', ",'=far away")}`)
    expect(words(videos[0]!)).toEqual({ '=far away': 'present' })
  })

  test('rows without worker or video, times and texts that cannot be read are said with their lines', async () => {
    const long = 'x'.repeat(120)
    const rows = [`H1,A1,,Submitted,,https://x.invalid/clip.mp4,yes`, `H1,A2,B,Submitted,,,yes`]
    const odd = `H1,A3,C,Submitted,yesterday,clip.mp4,${long}`
    const { videos, notes } = await read(`${header},Answer.ball\n${[...rows, odd].join('\n')}`)
    expect(videos.map(({ name, answers }) => [name, answers.length])).toEqual([['clip.mp4', 0]])
    expect(notes.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'the row names no worker'],
      [3, 'the row names no video'],
      [4, 'Answer.ball holds no answer that can be read'],
      [4, '"yesterday" is no time that can be read; it is left out'],
    ])
  })

  test('a table without workers is refused with the columns it has', async () => {
    const reading = readAll(registry.get('mturk'), memoryFile('x.csv', 'a,b\n1,2'))
    await expect(reading).rejects.toMatchObject({ data: { reason: expect.stringContaining('it names: a, b') } })
  })
})
