import { expect, test } from 'vitest'
import { batchCsv } from '@main/campaigns/turk/batch'

const video = { name: '=clip, 1', path: 'C:\\films\\clip é 1.mp4', fps: 25, attributes: ['ball | "red"', 'pole'] }

test('a line per video, its address encoded, words joined so that nothing in them can break the page', () => {
  expect(batchCsv([video], { base: 'https://x.invalid/v/', excel: false })).toBe(
    'video_url,video,fps,attributes\r\n' +
      'https://x.invalid/v/clip%20%C3%A9%201.mp4,"\'=clip, 1",25,ball%20%7C%20%22red%22|pole\r\n',
  )
})

test('for Excel it begins with a byte-order mark', () => {
  expect(batchCsv([], { base: '', excel: true })).toBe('\ufeffvideo_url,video,fps,attributes\r\n')
})
