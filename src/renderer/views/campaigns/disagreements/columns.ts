import type { SideBySide } from '@shared/contract/campaign-quality'
import type { LabelValue } from '@shared/contract/library'
import type { AttributeId } from '@shared/ids'

type Label = SideBySide['labels'][number]
type Thing = SideBySide['objects'][number]

/** One thing to decide: the answer to a word, or its boxes. */
export interface Column {
  key: string
  attribute: AttributeId
  name: string
  about: 'label' | 'boxes'
  isOpen: boolean
  decided: boolean
  differs: boolean
  /** What the consensus says, and how sure it is; of boxes, the share of people who drew them. */
  value: LabelValue | null
  sure: number
  label: Label | null
  objects: readonly Thing[]
}

/** What there is to decide of an item: open things first, then those on which people differ, then the others. */
export function columnsOf({ people, labels, objects }: SideBySide): Column[] {
  const ofLabels = labels.map((label): Column => {
    const said = new Set(people.flatMap(({ answers, leftOut }) => (leftOut ? [] : (answers[label.attribute] ?? []))))
    const { attribute, name, isOpen, decided, value, sure } = label
    const common = { attribute, name, isOpen, decided, value, sure, label }
    return { ...common, key: `label ${attribute}`, about: 'label', differs: said.size > 1, objects: [] }
  })
  const counting = people.filter(({ leftOut }) => !leftOut).length
  const ofBoxes = [...Map.groupBy(objects, ({ attribute }) => attribute)].map(([attribute, own]): Column => {
    const drawn = Math.max(...own.map(({ members }) => members.length))
    return {
      ...{ key: `boxes ${attribute}`, attribute, name: own[0]?.name ?? '', about: 'boxes', label: null, objects: own },
      isOpen: own.some((one) => one.isOpen),
      decided: own.some((one) => one.decided),
      differs: own.some(({ members }) => members.length < counting || members.some(({ iou }) => iou < 0.5)),
      ...{ value: null, sure: counting > 0 ? drawn / counting : 0 },
    }
  })
  const rank = ({ isOpen, differs }: Column) => (isOpen ? 0 : differs ? 1 : 2)
  return [...ofLabels, ...ofBoxes].sort((a, b) => rank(a) - rank(b))
}
