import type { Ref } from 'vue'
import { type Box, area, clip, translate } from '@shared/geometry/box'
import type { Frame } from '@shared/ids'
import type { Mark } from '@renderer/canvas/stage/marks'
import { useAnnotation } from '@renderer/stores/annotation'
import { useNotices } from '@renderer/stores/notices'
import { valueWithBox } from './annotate-marks'

/** How a drawn box is meant. */
export interface Drawing {
  /** In the place of the box that is there. */
  anew: boolean
  asActor: boolean
}

/** What is done to boxes in the frame drawn, by pointer, keys or numbers. `own` is the selected box, if it is visible. */
export function useBoxCommands(drawn: () => Frame | null, own: Ref<Mark | null>) {
  const annotation = useAnnotation()
  const notices = useNotices()

  /** Sets the box of the selected track; that makes a key frame of it. */
  async function setBox(box: Box, gesture?: string): Promise<void> {
    const [frame, { track }] = [drawn(), annotation]
    if (frame === null || !track) return
    await annotation.setKeyframe(track.id, frame, valueWithBox(track.keyframes, frame, box), gesture)
  }

  /**
   * A drawn box goes on with the selected track where that is not visible; where it is, it takes the place of the box
   * there (`anew`), or begins a new track: of the chosen attribute, or of an actor where one is meant or selected.
   */
  async function draw(drawnBox: Box, { anew, asActor }: Drawing): Promise<void> {
    const [frame, { video, track, attribute }] = [drawn(), annotation]
    const box = video ? clip(drawnBox, video) : drawnBox
    if (frame === null || area(box) === 0) return
    const isActor = asActor || (anew && track?.kind === 'actor')
    const isSame = track && (isActor ? track.kind === 'actor' : track.attribute === attribute)
    if (isSame && (anew || !own.value)) await setBox(box)
    else if (isActor) await annotation.createTrack(null, frame, box)
    else if (attribute) await annotation.createTrack(attribute, frame, box)
    else notices.show({ kind: 'info', text: 'Choose an attribute first: click its row, or press its number.' })
  }

  const movement = nudgeMovement()
  function nudge(x: number, y: number): void {
    if (own.value) void setBox(translate(own.value.box, { x, y }), movement(`${own.value.id} ${drawn()}`))
  }

  /** Moves the right and the lower edge of the selected box; it keeps an area. */
  function stretch(x: number, y: number): void {
    if (!own.value) return
    const { x1, y1, x2, y2 } = own.value.box
    const box = { x1, y1, x2: Math.max(x1 + 1, x2 + x), y2: Math.max(y1 + 1, y2 + y) }
    void setBox(box, movement(`${own.value.id} ${drawn()}`))
  }

  /** A box in the middle of the picture, a third of it wide and high: to be moved and stretched by keys. */
  function place(asActor: boolean): void {
    const { video } = annotation
    if (!video) return
    const [w, h] = [video.width / 3, video.height / 3]
    void draw({ x1: w, y1: h, x2: 2 * w, y2: 2 * h }, { anew: false, asActor })
  }

  function copy(): void {
    const { track } = annotation
    if (own.value && track) annotation.copied = { attribute: track.attribute, box: own.value.box }
  }

  /**
   * Puts the copied box into the frame drawn: on the selected track of the chosen attribute, or as a new one of it; an
   * actor's box stays an actor's.
   */
  async function paste(): Promise<void> {
    const [frame, { copied, track }] = [drawn(), annotation]
    if (frame === null || !copied) return
    const attribute = copied.attribute && (annotation.attribute ?? copied.attribute)
    if (track?.attribute === attribute) await setBox(copied.box)
    else await annotation.createTrack(attribute, frame, copied.box)
  }

  return { setBox, draw, nudge, stretch, place, copy, paste }
}

/** Steps of the keys on one key frame that follow each other within this time are one movement, ms. */
const pauseMs = 1000

/** Names the movement that a step of the keys belongs to: the last one's, while it goes on at the same place. */
function nudgeMovement(): (place: string) => string {
  let last = { place: '', at: 0, name: '' }
  return (place) => {
    const at = Date.now()
    const isSame = place === last.place && at - last.at < pauseMs
    last = { place, at, name: isSame ? last.name : `nudge ${at.toString(36)}` }
    return last.name
  }
}
