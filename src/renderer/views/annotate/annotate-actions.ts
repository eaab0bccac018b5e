import type { Frame } from '@shared/ids'
import type { Player } from '@renderer/canvas/player/player'
import { longestGap, nextKeyframe } from '@renderer/canvas/timeline/track-lane'
import type { Action } from '@renderer/actions/action-registry'
import { useAnnotation } from '@renderer/stores/annotation'
import { useNotices } from '@renderer/stores/notices'
import { usePeople } from '@renderer/stores/people'
import { mergePartner, valueAt } from './annotate-marks'
import type { Following } from './use-following'
import type { useStageEdit } from './use-stage-edit'

/** What the keys and the buttons of Annotate do to the selected track. */
export function useTrackCommands(player: Player, edit: ReturnType<typeof useStageEdit>) {
  const annotation = useAnnotation()
  const notices = useNotices()
  const here = () => player.drawn.value
  const hint = (text: string) => notices.show({ kind: 'info', text })

  /** Runs something on the selected track in the frame drawn, or says that none is selected. */
  function onTrack(run: (track: NonNullable<typeof annotation.track>, frame: Frame) => unknown): void {
    const frame = here()
    if (frame === null) return
    if (annotation.track) void run(annotation.track, frame)
    else hint('Select a box first: click it, or its row in the timeline.')
  }

  /** A key frame where there is none, none where there is one. */
  const toggleKeyframe = () =>
    onTrack((track, frame) => {
      const isKey = track.keyframes.some((k) => k.frame === frame)
      const value = valueAt(track.keyframes, frame)
      if (isKey) return annotation.setKeyframe(track.id, frame, null)
      if (value) return annotation.setKeyframe(track.id, frame, value)
      return hint('The track begins later. Draw its box here to begin it earlier.')
    })
  const toggle = (flag: 'outside' | 'occluded') =>
    onTrack((track, frame) => {
      const value = valueAt(track.keyframes, frame)
      if (value) return annotation.setKeyframe(track.id, frame, { ...value, [flag]: !value[flag] })
      return hint('The track begins later; there is no box here yet.')
    })
  const removeKeyframe = () => onTrack((track, frame) => annotation.setKeyframe(track.id, frame, null))
  const cut = () => onTrack((track, frame) => annotation.cutTrack(track.id, frame))
  const split = () => onTrack((track, frame) => annotation.splitTrack(track.id, frame))
  const remove = () => onTrack((track) => annotation.removeTrack(track.id))
  const merge = () =>
    onTrack((track) => {
      const other = mergePartner(annotation.tracks, track)
      if (other) return annotation.mergeTracks(track.id, other.id)
      return hint('There is no other track of this attribute to join.')
    })

  /** Jumps to the next key frame of the selected track, or of any when none is selected. */
  function jumpKeyframe(direction: 1 | -1): void {
    const tracks = annotation.track ? [annotation.track] : annotation.tracks
    const frame = nextKeyframe(
      tracks.map((track) => track.keyframes),
      player.wanted,
      direction,
    )
    if (frame !== null) player.step(frame - player.wanted)
  }

  /** Goes where the selected track is interpolated over the longest way, half way between its key frames. */
  function toMiddle(): void {
    const frame = annotation.track ? longestGap(annotation.track.keyframes) : null
    if (frame === null) hint('Select a track with key frames apart from each other.')
    else player.step(frame - player.wanted)
  }

  return { toMiddle, toggleKeyframe, toggle, removeKeyframe, cut, split, remove, merge, jumpKeyframe, edit }
}

export type TrackCommands = ReturnType<typeof useTrackCommands>

export interface ScreenCommands {
  fit(): void
  search(): void
  undo(): void
  /** Shows what was done in this video, and the way back to each step. */
  history(): void
  /** Shows the guidelines, or puts them away. */
  guide(): void
  /** Shows what can be done to the selected box. */
  menu(): void
  redo(): void
  submit(): void
  skip(): void
  go(direction: 1 | -1): void
}

/** Every key of Annotate. */
export function annotateActions(track: TrackCommands, screen: ScreenCommands, following: Following): Action[] {
  const { edit } = track
  const annotation = useAnnotation()
  const action = (id: string, name: string, keys: string, run: () => void): Action => {
    const allowed = () => annotation.state === 'ready'
    return { id: `annotate.${id}`, name, group: 'Annotate', keys: keys.split(' '), allowed, run }
  }
  const key = (...named: Parameters<typeof action>): Action => ({ ...action(...named), keyOnly: true })
  const arrows = [
    ['Left', -1, 0],
    ['Right', 1, 0],
    ['Up', 0, -1],
    ['Down', 0, 1],
  ] as const
  return [
    ...historyActions(screen),
    action('submit', 'Submit and go to the next video', 'Enter', screen.submit),
    action('skip', 'Skip the video, with a reason', 'Shift+S', screen.skip),
    action('select', 'Select', 'V', () => (edit.tool.value = 'select')),
    action('draw', 'Draw a box', 'B', () => (edit.tool.value = 'draw')),
    action('actor', 'Box an actor', 'Shift+A', () => (edit.tool.value = 'actor')),
    action('place', 'A box in the middle of the picture', 'Shift+B', edit.place),
    action('pan', 'Move the picture', 'H', () => (edit.tool.value = 'pan')),
    action('onion', 'Show the key frames before and after', 'O', () => (edit.onion.value = !edit.onion.value)),
    action('history', 'History of this video', 'Shift+H', screen.history),
    action('guide', 'Guidelines, or put them away', 'Shift+G', screen.guide),
    key('menu', 'Menu of the box', 'Shift+F10', screen.menu),
    action('fit', 'Fit the picture', 'F', screen.fit),
    othersAction(),
    action('keyframe', 'Key frame here, or none', 'I', track.toggleKeyframe),
    action('outside', 'Outside from here, or back', 'X', () => track.toggle('outside')),
    action('occluded', 'Occluded from here, or visible', 'C', () => track.toggle('occluded')),
    action('split', 'Split the track here', 'S', track.split),
    action('merge', 'Join the nearest track of the same attribute', 'M', track.merge),
    action('delete', 'Delete the key frame here', 'Delete Backspace', track.removeKeyframe),
    action('copy', 'Copy the box', 'Ctrl+C', edit.copy),
    action('paste', 'Paste the box into this frame', 'Ctrl+V', () => void edit.paste()),
    key('escape', 'Let go', 'Escape', () => following.stop() || edit.escape()),
    ...followActions(following),
    action('search', 'Find an attribute', '/', screen.search),
    action('next-key', 'Next key frame', 'Ctrl+ArrowRight', () => track.jumpKeyframe(1)),
    action('middle', 'The middle of the longest gap between key frames', 'D', track.toMiddle),
    action('previous-key', 'Previous key frame', 'Ctrl+ArrowLeft', () => track.jumpKeyframe(-1)),
    action('next-video', 'Next video', 'PageDown', () => screen.go(1)),
    action('previous-video', 'Previous video', 'PageUp', () => screen.go(-1)),
    ...arrows.flatMap(([name, x, y]) => [
      key(`nudge.${name}`, `Nudge the box ${name.toLowerCase()}`, `Alt+Arrow${name}`, () => edit.nudge(x, y)),
      key(`stretch.${name}`, `Stretch the box ${name.toLowerCase()}`, `Ctrl+Shift+Arrow${name}`, () =>
        edit.stretch(x, y),
      ),
      key(`push.${name}`, `Push the box ${name.toLowerCase()} by ten`, `Alt+Shift+Arrow${name}`, () =>
        edit.nudge(10 * x, 10 * y),
      ),
    ]),
  ]
}

/** Carrying a box on, and saying yes or no to what was found. */
function followActions({ proposed, follow, confirm, reject }: Following): Action[] {
  const annotation = useAnnotation()
  const group = 'Annotate'
  const isReady = () => annotation.state === 'ready'
  const isProposed = () => isReady() && proposed.value > 0
  return [
    {
      ...{ id: 'annotate.follow', name: 'Follow the box from here on, and propose what is found', group },
      ...{ keys: ['Shift+T'], allowed: isReady, run: () => void follow() },
    },
    {
      ...{ id: 'annotate.confirm-boxes', name: 'Confirm the proposed boxes', group },
      ...{ keys: ['Shift+Y'], allowed: isProposed, run: confirm },
    },
    {
      ...{ id: 'annotate.reject-boxes', name: 'Reject the proposed boxes', group },
      ...{ keys: ['Shift+N'], allowed: isProposed, run: reject },
    },
  ]
}

/** For those who look at the work of others. */
function othersAction(): Action {
  const annotation = useAnnotation()
  const people = usePeople()
  return {
    ...{ id: 'annotate.people', name: 'Show what all people said, or only you', group: 'Annotate', keys: ['P'] },
    allowed: () => annotation.state === 'ready' && people.isReviewer,
    run: () => (annotation.allPeople = !annotation.allPeople),
  }
}

/** The arrows of the top bar while a video is annotated: its own history. */
function historyActions({ undo, redo }: ScreenCommands): Action[] {
  const annotation = useAnnotation()
  const group = 'Annotate'
  // What is still being saved can be taken back too: the step back waits for it.
  const isSaving = () => annotation.saving > 0
  return [
    {
      ...{ id: 'edit.undo', group, keys: ['Ctrl+Z'], run: undo },
      name: () => (annotation.annotations?.undo ? `Undo: ${annotation.annotations.undo}` : 'Undo'),
      allowed: () => isSaving() || Boolean(annotation.annotations?.undo),
    },
    {
      ...{ id: 'edit.redo', group, keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], run: redo },
      name: () => (annotation.annotations?.redo ? `Redo: ${annotation.annotations.redo}` : 'Redo'),
      allowed: () => isSaving() || Boolean(annotation.annotations?.redo),
    },
  ]
}
