import type { Part, Reading } from '@main/interchange/format'
import { type CrowdAnswer, neutralVideo } from './crowd-answer'

/** Answers of a crowd as pieces of a data set; those that were rejected or passed over are said and left out. */
export async function* crowdParts(
  answers: AsyncIterable<CrowdAnswer>,
  { rejected, frame }: { rejected: boolean; frame: number },
  reading: Reading,
): AsyncGenerator<Part> {
  for await (const answer of answers) {
    const { line, worker } = answer
    const leave = (reason: string) => reading.note({ kind: 'skipped', line, reason })
    if (answer.status === 'rejected' && !rejected) leave(`the assignment of ${worker} was rejected`)
    else if (answer.skipped !== null) leave(`${worker} passed it over: ${answer.skipped}`)
    else {
      const known = reading.video(answer.video)
      const video = neutralVideo(answer, { known, frameOtherwise: frame })
      const lost = known ? answer.tracks.length - video.tracks.length : 0
      if (lost > 0)
        reading.note({ kind: 'outOfRange', line, reason: `${answer.video}: boxes at times it does not have` })
      yield { kind: 'video', line, video }
    }
  }
}
