import type { SideBySide } from '@shared/contract/campaign-quality'
import type { LabelValue } from '@shared/contract/library'
import type { CampaignId, ItemId, PersonId } from '@shared/ids'
import type { Ref } from 'vue'
import { useApi } from '@renderer/connection/api'
import { useCampaigns } from '@renderer/stores/campaigns'
import { useNotices } from '@renderer/stores/notices'
import type { Column } from './columns'

interface Parts {
  item: () => ItemId
  side: Ref<SideBySide | null>
  column: Ref<Column | null>
  open: Ref<readonly Column[]>
  /** Reads what stands there now. */
  after: () => Promise<void>
  /** Goes to the next thing that is open. */
  onward: () => void
}

type Take = { person: PersonId } | 'median' | 'own' | 'none' | null

/** What a reviewer decides; each decision is one step that can be undone. */
export function useDeciding({ item, side, column, open, after, onward }: Parts) {
  const api = useApi()
  const notices = useNotices()
  const store = useCampaigns()

  const label = (one: Column, value: LabelValue | null) =>
    api.campaigns.decide({ item: item(), attribute: one.attribute, value })
  const boxes = (one: Column, take: Take) => api.campaigns.decideBoxes({ item: item(), attribute: one.attribute, take })

  /** The consensus as it is; null where it says nothing that could be accepted. */
  function accepted(one: Column): Promise<null> | null {
    if (one.about === 'boxes') return boxes(one, 'median')
    return one.value ? label(one, one.value) : null
  }

  async function done(work: Promise<unknown>): Promise<boolean> {
    const isDone = (await notices.tried(work.then(() => true))) ?? false
    await Promise.all([after(), store.readResults()])
    return isDone
  }

  async function accept(): Promise<void> {
    const work = column.value && accepted(column.value)
    if (!work) return notices.show({ kind: 'info', text: 'The answers come to nothing here: choose one yourself.' })
    if (await done(work)) onward()
  }

  async function acceptAll(): Promise<void> {
    for (const one of open.value) {
      const work = accepted(one)
      if (work && !(await done(work))) return
    }
    onward()
  }

  async function choose(value: LabelValue | 'median' | 'none'): Promise<void> {
    const one = column.value
    if (!one) return
    const isTake = value === 'median' || value === 'none'
    if (isTake !== (one.about === 'boxes')) return
    if (await done(isTake ? boxes(one, value) : label(one, value))) onward()
  }

  /** What one person said counts. */
  async function take(place: number): Promise<void> {
    const [one, person] = [column.value, side.value?.people[place]]
    if (!one || !person) return
    const value = person.answers[one.attribute]
    if (one.about === 'label' && !value) return
    const work = one.about === 'boxes' ? boxes(one, { person: person.person }) : label(one, value ?? null)
    if (await done(work)) onward()
  }

  async function takeBack(): Promise<void> {
    const one = column.value
    if (one) await done(one.about === 'boxes' ? boxes(one, null) : label(one, null))
  }

  async function undo(campaign: string, which: 'undo' | 'redo'): Promise<void> {
    const id = campaign as CampaignId
    const call = which === 'undo' ? api.campaigns.undoDecision : api.campaigns.redoDecision
    const step = await notices.tried(call({ id }))
    await Promise.all([after(), store.readResults()])
    if (!step) return
    const did = which === 'undo' ? 'Undone' : 'Redone'
    notices.show({ kind: 'info', text: step.label ? `${did}: ${step.label}` : 'There is nothing more.' })
  }

  return { accept, acceptAll, choose, take, takeBack, undo }
}
