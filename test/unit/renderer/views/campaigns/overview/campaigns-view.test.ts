import { AttributeId, PersonId } from '@shared/ids'
import { beforeEach, describe, expect, test } from 'vitest'
import CampaignsView from '@renderer/views/campaigns/overview/CampaignsView.vue'
import { type FakeStudio, fakeStudio } from '../../../../../support/fake-api'
import { aCampaign } from '../../../../../support/fake-campaigns'
import { byRole, mountStudio } from '../../../../../support/mount-studio'

function studioWith(of: Parameters<typeof aCampaign>[0] = {}): FakeStudio {
  const studio = fakeStudio()
  const byAnswers = [4, 17, 25, 74].map((items, answers) => ({ answers, items }))
  const progress = { items: 120, wanted: 360, answers: 289, byAnswers, gold: 10, inHand: 1, medianSeconds: 21 }
  studio.state.campaigns.list = [aCampaign({ progress, attributes: [AttributeId.parse('a0')], ...of })]
  return studio
}

// A page of selects and dialogs takes its time to be mounted.
describe('campaigns', { timeout: 30_000 }, () => {
  beforeEach(() => (document.body.innerHTML = ''))

  test('without any say what belongs here, and the owner makes one', async () => {
    const studio = fakeStudio()
    const { page, settle } = await mountStudio(CampaignsView, { studio })
    expect(page.textContent).toContain('No campaigns yet')
    byRole(page, 'button', 'New campaign').click()
    await settle()
    byRole(page, 'button', 'Make the draft').click()
    await settle()
    expect(studio.calls.find(({ name }) => name === 'campaigns.create')?.input).toMatchObject({
      ...{ name: 'Campaign 1', kind: 'attributes', settings: { answersWanted: 3 } },
    })
    expect(page.textContent).toContain('Words asked about')
  })

  test('tell their progress, who clicks through and why, and leave somebody out', async () => {
    const studio = studioWith()
    const person = PersonId.parse('p6')
    studio.state.campaigns.quality.annotators = [
      {
        ...{ person, name: 'Annotator 6', answered: 41, skipped: 0, isWorking: false, leftOut: false, gold: 0.57 },
        ...{ goldSeen: 7, goldItems: 10, withOthers: 0.61, reliability: 0.6, overTime: [], byAttribute: [] },
        seconds: null,
        flags: [{ kind: 'tooQuick', why: 'The clip lasts 4.0 s, most of these answers came before it ended.' }],
      },
    ]
    const { page, settle } = await mountStudio(CampaignsView, { studio })
    expect(page.textContent).toContain('289 of 360 answers, 80 %')
    expect(page.textContent).toContain('71 to go, about 25 min of work')
    expect(page.textContent).toContain('clicks through')
    expect(page.textContent).toContain('most of these answers came before it ended')
    byRole(page, 'button', 'Leave out').click()
    await settle()
    expect(studio.calls.findLast(({ name }) => name === 'campaigns.leaveOut')?.input).toEqual({
      ...{ id: 'k0', person: 'p6', leftOut: true },
    })
  })

  test('are consolidated, and that is undone', async () => {
    const studio = studioWith()
    const { page, settle } = await mountStudio(CampaignsView, { studio })
    byRole(page, 'button', 'Consolidate').click()
    await settle()
    expect(page.textContent).toContain('Consolidated by Dawid–Skene')
    byRole(page, 'button', /Undo consolidation/).click()
    await settle()
    expect(page.textContent).not.toContain('Consolidated by')
  })

  test('tell the data set they make, with agreement', async () => {
    const studio = studioWith()
    const { page, settle } = await mountStudio(CampaignsView, { studio })
    byRole(page, 'button', 'Data set').click()
    await settle()
    expect(page.textContent).toContain('Answers are not consolidated yet')
    expect(page.textContent).toContain('Krippendorff’s alpha')
    expect(page.textContent).not.toContain('tube IoU')
    expect(studio.calls.findLast(({ name }) => name === 'campaigns.statistics')?.input).toEqual({ id: 'k0' })
  })

  test('keep settings and guidelines as they are written', async () => {
    const studio = studioWith({ state: 'draft' })
    const { page, settle } = await mountStudio(CampaignsView, { studio })
    const field = page.querySelector<HTMLTextAreaElement>('textarea[aria-label="Guidelines as Markdown"]')!
    field.value = '## pole\n\nOnly the pole.'
    field.dispatchEvent(new Event('input'))
    await expect
      .poll(() => studio.calls.findLast(({ name }) => name === 'campaigns.change')?.input, { timeout: 10_000 })
      .toEqual({ id: 'k0', guidelines: '## pole\n\nOnly the pole.' })
    await settle()
  })

  test('show a reviewer no links, crowds or settings to change', async () => {
    const studio = studioWith()
    studio.state.me = { id: PersonId.parse('rita'), name: 'Rita', role: 'reviewer' }
    const { page } = await mountStudio(CampaignsView, { studio })
    const names = [...page.querySelectorAll('button')].map((button) => button.textContent.trim())
    expect(names).not.toContain('Links for people')
    expect(names.some((name) => name.startsWith('New'))).toBe(false)
    expect(names.some((name) => name.startsWith('Consolidate'))).toBe(true)
  })
})
