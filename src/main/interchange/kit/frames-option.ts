import type { z } from 'zod'
import { choice } from '@shared/config/choice'

const WrittenFrames = choice({ every: 'every frame', keyframes: 'key frames only' })
export type WrittenFrames = z.infer<typeof WrittenFrames>

/** For formats that can hold key frames, read by tools that do not all draw what lies between. */
export function framesOption(usual: WrittenFrames) {
  return WrittenFrames.default(usual).meta({
    title: 'Frames',
    description: 'Write every frame with a box, or only key frames',
    on: 'write',
  })
}
