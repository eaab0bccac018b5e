import { z } from 'zod'

const WrittenFrames = z.enum(['every', 'keyframes'])
export type WrittenFrames = z.infer<typeof WrittenFrames>

/** For formats that can hold key frames, read by tools that do not all draw what lies between. */
export function framesOption(usual: WrittenFrames) {
  return WrittenFrames.default(usual).meta({
    title: 'Frames',
    description: 'Write every frame with a box, or only key frames',
    on: 'write',
  })
}
