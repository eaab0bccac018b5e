import { expect, test } from 'vitest'
import { type StreamSketch, chooseStream, unreadableFile } from '@main/media/decode/contract/stream-choice'

function video(index: number, width: number, height: number, cover = false): StreamSketch {
  return { index, kind: 'video', codec: 'h264', width, height, cover }
}

const audio: StreamSketch = { index: 9, kind: 'other', codec: 'aac', width: 0, height: 0, cover: false }

test('the largest video is taken, and what was left out is said', () => {
  const { index, note } = chooseStream([video(0, 64, 48), audio, video(2, 640, 480)])
  expect(index).toBe(2)
  expect(note).toBe('The file holds 2 videos; stream 2 (640 x 480) was taken, the largest. Left out: 64 x 48.')
})

test('the first of equals is taken, and an only one without a word', () => {
  expect(chooseStream([video(1, 64, 48), video(3, 64, 48)]).index).toBe(1)
  expect(chooseStream([audio, video(1, 64, 48)])).toEqual({ index: 1, codec: 'h264', note: null })
})

test('a cover is no video, and a file without pictures is said to be audio', () => {
  expect(() => chooseStream([audio, video(1, 500, 500, true)])).toThrow('This is audio without pictures')
  expect(() => chooseStream([])).toThrow('There is no video in this file')
  expect(() => chooseStream([video(0, 0, 0)])).toThrow('not its size')
})

test.each([
  ['moov atom not found', 'before its index'],
  ['Permission denied', 'may not be read'],
  ['Invalid data found when processing input', 'not a video file'],
])('"%s" becomes a sentence', (said, words) => {
  expect(unreadableFile(said).reason).toContain(words)
})
