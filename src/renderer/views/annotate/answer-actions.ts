import type { LabelValue } from '@shared/contract/library'
import type { AttributeId } from '@shared/ids'
import type { Action } from '@renderer/actions/action-registry'
import { useAnnotation } from '@renderer/stores/annotation'
import { hotkeys } from '@shared/hotkeys'

export interface AnswerCommands {
  answer(attribute: AttributeId, value: LabelValue): void
  answerCurrent(value: LabelValue): void
  answerRest(value: LabelValue): void
  /** Absent for the rest, and submitted. */
  finish(): void
  confirm(): void
  move(by: 1 | -1): void
  attributeOf(hotkey: string): AttributeId | null
}

const ways = [
  ['present', ''],
  ['absent', 'Shift+'],
  ['unsure', 'Alt+'],
] as const satisfies readonly (readonly [LabelValue, string])[]

/** The keys that answer attributes. */
export function answerActions(commands: AnswerCommands): Action[] {
  const annotation = useAnnotation()
  const action = (id: string, name: string, keys: string, run: () => void): Action => {
    const allowed = () => annotation.state === 'ready'
    return { id: `annotate.${id}`, name, group: 'Answers', keys: [keys], allowed, run }
  }
  const key = (...named: Parameters<typeof action>): Action => ({ ...action(...named), keyOnly: true })
  const current = { present: 'Y', absent: 'N', unsure: 'U' } as const
  return [
    ...ways.map(([value]) =>
      key(`current.${value}`, `The current row is ${value}`, current[value], () => commands.answerCurrent(value)),
    ),
    key('row.next', 'The row below', 'ArrowDown', () => commands.move(1)),
    key('row.previous', 'The row above', 'ArrowUp', () => commands.move(-1)),
    ...ways.map(([value, held]) =>
      action(`rest.${value}`, `The rest is ${value}`, `${held}0`, () => commands.answerRest(value)),
    ),
    action('confirm', 'Confirm what is said of the class', 'A', commands.confirm),
    action('finish', 'The rest is absent; submit', 'Shift+Enter', commands.finish),
    ...hotkeys.flatMap((hotkey, i) =>
      ways.map(([value, held]): Action => ({
        ...key(`${value}.${i}`, `Attribute of ${hotkey} is ${value}`, withHeld(hotkey, held), () => {
          const attribute = commands.attributeOf(hotkey)
          if (attribute) commands.answer(attribute, value)
        }),
        listed: i === 0 || i === 9,
      })),
    ),
  ]
}

/** Shift or Alt go with the digit: "Q Shift+3". */
function withHeld(hotkey: string, held: string): string {
  return hotkey.replace(/\d$/, (digit) => held + digit)
}
