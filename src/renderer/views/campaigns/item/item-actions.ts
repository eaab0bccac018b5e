import type { LabelValue } from '@shared/contract/library'
import type { Action } from '@renderer/actions/action-registry'
import type { Player } from '@renderer/canvas/player/player'
import { playerActions } from '@renderer/canvas/player/player-actions'

export interface ItemCommands {
  /** Whether there is an item to work on. */
  allowed(): boolean
  /** True while S was pressed and a digit chooses why. */
  isSkipping(): boolean
  beginSkip(): void
  skipBy(digit: number): void
  answer(digit: number, value: LabelValue): void
  move(by: 1 | -1): void
  submit(): void
  letGo(): void
  /** Boxes: what a digit chooses where there is nothing to answer, and what is done to the box. */
  hasBoxes(): boolean
  outside(): void
  occluded(): void
  removeKeyframe(): void
  undo(): void
  redo(): void
}

/** Every key of an item: answers by digit, rows by arrow, Enter, S and a digit to skip, and those of the player. */
export function itemActions(commands: ItemCommands, player: Player): Action[] {
  const group = 'Answering'
  const { allowed } = commands
  const key = (id: string, name: string, keys: string, run: () => void): Action => {
    return { id: `item.${id}`, name, group, keys: keys.split(' '), allowed, run, keyOnly: true }
  }
  const box = (...named: Parameters<typeof key>): Action => {
    return { ...key(...named), allowed: () => allowed() && commands.hasBoxes() }
  }
  const digits = Array.from({ length: 9 }, (_, i) => i + 1)
  return [
    ...playerActions(player).filter(({ id }) => id !== 'player.on' && id !== 'player.back'),
    key('loop', 'Loop or not', 'L', () => (player.loop.value = !player.loop.value)),
    key('submit', 'Submit and go on; what is missing comes first', 'Enter', commands.submit),
    key('down', 'Next row', 'ArrowDown', () => commands.move(1)),
    key('up', 'Row before', 'ArrowUp', () => commands.move(-1)),
    key('skip', 'Skip; the digit after it says why', 'S', commands.beginSkip),
    { ...key('let-go', 'Let go', 'Escape', commands.letGo), inFields: true },
    ...digits.flatMap((digit) => [
      key(`present.${digit}`, `Row ${digit} present`, String(digit), () =>
        commands.isSkipping() ? commands.skipBy(digit) : commands.answer(digit, 'present'),
      ),
      key(`absent.${digit}`, `Row ${digit} absent`, `Shift+${digit}`, () => commands.answer(digit, 'absent')),
      key(`unsure.${digit}`, `Row ${digit} unsure`, `Alt+${digit}`, () => commands.answer(digit, 'unsure')),
    ]),
    box('outside', 'Gone from here, or back', 'X', commands.outside),
    box('occluded', 'Hidden from here, or seen', 'C', commands.occluded),
    box('keyframe', 'Remove the key frame here', 'Delete Backspace', commands.removeKeyframe),
    { ...box('undo', 'Undo what was drawn', 'Ctrl+Z', commands.undo), id: 'edit.undo' },
    { ...box('redo', 'Redo', 'Ctrl+Shift+Z Ctrl+Y', commands.redo), id: 'edit.redo' },
  ]
}
