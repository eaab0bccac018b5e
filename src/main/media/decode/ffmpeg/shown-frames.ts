import { errorsIn } from './ffmpeg-header'

const timeBaseLine = /config in time_base: (\d+)\/(\d+)/
const frameLine = / n: *\d+ pts: *(-?\d+|NOPTS) /

/** Reads the frame table out of the lines of ffmpeg's `showinfo`, which prints one per decoded picture, and its errors. */
export class ShownFrames {
  readonly timestampsMs: (number | null)[] = []
  readonly errors: string[] = []
  private timeBase = 0

  constructor(private readonly onPicture: (count: number) => void) {}

  hear(line: string): void {
    const frame = frameLine.exec(line)
    if (frame) {
      this.timestampsMs.push(frame[1] === 'NOPTS' ? null : Math.round(Number(frame[1]) * this.timeBase * 1e6) / 1e3)
      return this.onPicture(this.timestampsMs.length)
    }
    const base = timeBaseLine.exec(line)
    if (base) this.timeBase = Number(base[1]) / Number(base[2])
    else this.errors.push(...errorsIn([line]))
  }
}
