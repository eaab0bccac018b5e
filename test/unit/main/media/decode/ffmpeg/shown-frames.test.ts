import { expect, test } from 'vitest'
import { ShownFrames } from '@main/media/decode/ffmpeg/shown-frames'

test('each line of showinfo is a picture with its time, and errors are kept beside them', () => {
  const counts: number[] = []
  const shown = new ShownFrames((count) => counts.push(count))
  for (const line of [
    '[Parsed_showinfo_0 @ 0x1] [info] config in time_base: 1/600, frame_rate: 30/1',
    '[Parsed_showinfo_0 @ 0x1] [info] n:   0 pts:      0 pts_time:0       pos:     48 fmt:yuv420p',
    '[h264 @ 0x2] [error] error while decoding MB 1 2',
    '[Parsed_showinfo_0 @ 0x1] [info] n:   1 pts:     21 pts_time:0.035   pos:    999 fmt:yuv420p',
    '[Parsed_showinfo_0 @ 0x1] [info] n:   2 pts:   NOPTS pts_time:NOPTS   pos:    999 fmt:yuv420p',
    'frame=    2 fps=0.0 q=0.0 size=       0kB',
  ])
    shown.hear(line)
  expect(shown.timestampsMs).toEqual([0, 35, null])
  expect(shown.errors).toEqual(['error while decoding MB 1 2'])
  expect(counts).toEqual([1, 2, 3])
})
