import { describe, expect, test } from 'vitest'
import { errorsIn, parseHeader } from '@main/media/decode/ffmpeg/ffmpeg-header'

/** As each version prints a phone's clip. */
const headers = {
  '4.1': `[info] Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:clip.mov':
[info]   Duration: 00:00:01.50, start: 0.000000, bitrate: 6052 kb/s
[info]     Stream #0:0(und): Audio: aac (LC) (mp4a / 0x6134706D), 44100 Hz, mono, fltp, 87 kb/s (default)
[info]     Stream #0:1(und): Video: hevc (Main) (hvc1 / 0x31637668), yuv420p(tv, bt709), 1920x1080 [SAR 16:11 DAR 16:9], 5950 kb/s, 29.97 fps, 29.97 tbr, 600 tbn, 600 tbc (default)
[info]     Side data:
[info]       displaymatrix: rotation of -90.00 degrees
[error] At least one output file must be specified`,
  '5.1': `[info] Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:clip.mov':
[info]   Duration: 00:00:01.50, start: 0.000000, bitrate: 6052 kb/s
[info]   Stream #0:0[0x1](und): Audio: aac (LC) (mp4a / 0x6134706D), 44100 Hz, mono, fltp, 87 kb/s (default)
[info]   Stream #0:1[0x2](und): Video: hevc (Main) (hvc1 / 0x31637668), yuv420p(tv, bt709, progressive), 1920x1080 [SAR 16:11 DAR 16:9], 5950 kb/s, 29.97 fps, 29.97 tbr, 600 tbn (default)
[info]     Side data:
[info]       displaymatrix: rotation of -90.00 degrees`,
}

describe.each(Object.entries(headers))('what ffmpeg %s prints of a file', (_, text) => {
  test('gives codec, size, pixel shape, rate, turn and colour', () => {
    expect(parseHeader(text)).toEqual({
      codec: 'hevc',
      container: 'mov,mp4,m4a,3gp,3g2,mj2',
      codedWidth: 1920,
      codedHeight: 1080,
      sar: 16 / 11,
      declaredFps: 29.97,
      declaredFrames: null,
      seconds: 1.5,
      stream: 1,
      streams: null,
      colour: { space: 'bt709', range: '' },
      rotateClockwise: 90,
      mirrored: false,
    })
  })
})

test('a rate of thousands and a wide colour are understood', () => {
  const text = `[info] Input #0, matroska,webm, from 'file:a':
[info]   Stream #0:0: Video: h264 (High), yuv420p10le(pc, bt2020nc/bt2020/arib-std-b67), 64x48, 1k fps, 1k tbr, 1k tbn`
  expect(parseHeader(text)).toMatchObject({ declaredFps: 1000, colour: { space: 'bt2020nc', range: 'pc' } })
})

test('what cannot be opened is refused with what ffmpeg said', () => {
  const text = '[mov,mp4 @ 0x1] [error] moov atom not found\n[error] file:x: Invalid data found when processing input'
  expect(() => parseHeader(text)).toThrow('before its index (moov atom) was written')
})

test('errors are told from the rest by their mark', () => {
  const lines = ['[h264 @ 0x5] [error] error while decoding MB 9 2', '[info] all well', '[fatal] stop']
  expect(errorsIn(lines)).toEqual(['error while decoding MB 9 2', 'stop'])
})
