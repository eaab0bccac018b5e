import type { VideoRecord } from '@main/store/repositories/video-repository'

/** What is special about a video's file, a sentence each; nothing for a plain one. */
export function videoNotes(video: VideoRecord): string[] {
  const { reason, variable, editList, declaredFrames, frames, rotateClockwise, mirrored, sar, streams } = video
  const size = video.proxyWidth !== null && video.proxyWidth + 1 < video.width
  return [
    reason,
    variable ? 'The distance between frames varies; frames are counted, not timed.' : null,
    editList ? `The file stores ${declaredFrames} pictures and shows ${frames}; only those shown are frames.` : null,
    rotateClockwise ? `Stored on its side; shown turned ${rotateClockwise} degrees clockwise.` : null,
    mirrored ? 'Stored mirrored; shown the right way round.' : null,
    sar !== 1 ? `Its pixels are not square (${sar.toFixed(3)} wide to 1 high); shown with square ones.` : null,
    size ? `Played and trained at ${video.proxyWidth} x ${video.proxyHeight}; boxes are in source pixels.` : null,
    streams,
  ].filter((note) => note !== null)
}
