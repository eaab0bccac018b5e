import type { LabelValue } from '@shared/contract/library'
import type { Action } from '@renderer/actions/action-registry'
import type { Player } from '@renderer/canvas/player/player'
import { playerActions } from '@renderer/canvas/player/player-actions'

export interface DisagreementCommands {
  player: Player
  isChoosing(): boolean
  aboutLabel(): boolean
  accept(): void
  acceptAll(): void
  choosing(): void
  choose(value: LabelValue | 'median' | 'none'): void
  take(digit: number): void
  sendBack(): void
  moveColumn(by: 1 | -1): void
  go(by: 1 | -1): void
  undo(): void
  redo(): void
  leave(): void
}

/** Every key of the disagreements; frames keep the arrows. What one decides about the clip, Ctrl+K offers too. */
export function disagreementActions(does: DisagreementCommands): Action[] {
  const group = 'Disagreements'
  const command = (id: string, name: string, keys: string, run: () => void): Action => {
    return { id: `disagreements.${id}`, name, group, keys: keys.split(' '), run }
  }
  const key = (...named: Parameters<typeof command>): Action => ({ ...command(...named), keyOnly: true })
  const whileChoosing = (of: Action, isLabel: boolean): Action => {
    return { ...of, allowed: () => does.isChoosing() && does.aboutLabel() === isLabel }
  }
  return [
    ...playerActions(does.player),
    command('accept', 'Accept the consensus', 'Enter', does.accept),
    command('accept-all', 'Accept everything open of this clip', 'Shift+Enter', does.acceptAll),
    command('choose', 'Choose something else', 'C', does.choosing),
    whileChoosing(
      key('present', 'Present', 'P', () => does.choose('present')),
      true,
    ),
    whileChoosing(
      key('absent', 'Absent', 'A', () => does.choose('absent')),
      true,
    ),
    whileChoosing(
      key('unsure', 'Unsure', 'U', () => does.choose('unsure')),
      true,
    ),
    whileChoosing(
      key('median', 'The median tube', 'M', () => does.choose('median')),
      false,
    ),
    whileChoosing(
      key('none', 'No box', '0', () => does.choose('none')),
      false,
    ),
    command('back', 'Send back: ask one more person', 'S', does.sendBack),
    key('left', 'Column before', '[', () => does.moveColumn(-1)),
    key('right', 'Next column', ']', () => does.moveColumn(1)),
    command('next', 'Next clip', 'PageDown', () => does.go(1)),
    command('previous', 'Clip before', 'PageUp', () => does.go(-1)),
    command('leave', 'Back to the campaign', 'Escape', does.leave),
    ...Array.from({ length: 9 }, (_, i) => i + 1).map((digit) =>
      key(`take.${digit}`, `Take the answer of ${digit}`, String(digit), () => does.take(digit)),
    ),
    { ...command('undo', 'Undo the last decision', 'Ctrl+Z', does.undo), id: 'edit.undo' },
    { ...command('redo', 'Redo', 'Ctrl+Shift+Z Ctrl+Y', does.redo), id: 'edit.redo' },
  ]
}
