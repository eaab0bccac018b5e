import { beforeEach, describe, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { AttributeId, CampaignId } from '@shared/ids'
import { useActionKeys } from '@renderer/actions/action-registry'
import { defineComponent, h } from 'vue'
import { Failure } from '@shared/failures'
import { useAnnotation } from '@renderer/stores/annotation'
import { useNotices } from '@renderer/stores/notices'
import ItemPage from '@renderer/views/campaigns/item/ItemPage.vue'
import { aTask } from '../../../../../support/a-task'
import { fakeStudio } from '../../../../../support/fake-api'
import { aCampaign } from '../../../../../support/fake-campaigns'
import { mountStudio } from '../../../../../support/mount-studio'

/** The page as the window has it: with keys. */
const Page = defineComponent({
  props: { campaign: { type: String, default: '' } },
  setup(props) {
    useActionKeys()
    return () => h(ItemPage, { campaign: props.campaign })
  },
})

async function open(tasks = [aTask(0), aTask(1)], none: 'done' | 'waiting' = 'done') {
  const studio = fakeStudio()
  studio.state.campaigns.none = none
  studio.state.campaigns.list = [aCampaign()]
  studio.state.campaigns.tasks = tasks
  studio.state.campaigns.guidelines = '<p>Look first.</p><h2>ball</h2><p>Only the ball.</p>'
  const mounted = await mountStudio(Page, { studio, props: { campaign: 'k0' } })
  const press = async (code: string, of: KeyboardEventInit = {}) => {
    const key = code.startsWith('Digit') ? code.slice(5) : code
    window.dispatchEvent(new KeyboardEvent('keydown', { code, key, bubbles: true, cancelable: true, ...of }))
    await nextTick()
  }
  const chosen = () =>
    [...mounted.page.querySelectorAll('[role=radio][aria-checked=true]')]
      .map((radio) => radio.getAttribute('aria-label'))
      .filter((label) => !label?.endsWith('×'))
      .filter(Boolean)
  return { ...mounted, press, chosen, submits: () => studio.calls.filter(({ name }) => name === 'campaigns.submit') }
}

describe('the page of an item', { timeout: 30_000 }, () => {
  beforeEach(() => {
    document.body.innerHTML = ''
    localStorage.clear()
  })

  test('is answered by keyboard: digits, Shift and Alt; Enter goes to what is missing, then on to the next', async () => {
    const { press, chosen, submits, settle, page } = await open()
    await press('Digit1')
    await press('Digit3', { shiftKey: true })
    expect(chosen()).toEqual(['pole present', 'ring absent'])
    expect(page.textContent).toContain('2 of 3 answered')
    expect(page.querySelector('.guide h2')?.textContent).toBe('Guide: ball')
    await press('Enter')
    expect(submits()).toEqual([])
    expect(page.textContent).toContain('1 left: ball')
    await press('Digit2', { altKey: true })
    await press('Enter')
    await settle()
    expect(submits()).toEqual([
      { name: 'campaigns.submit', input: { item: 'i0', answers: { a0: 'present', a1: 'unsure', a2: 'absent' } } },
    ])
    expect(page.textContent).toContain('clip 1')
    expect(chosen()).toEqual([])
  })

  test('S and a digit leave an item to others, with the reason', async () => {
    const { press, settle, studio, page } = await open()
    await press('s', { key: 's', code: 'KeyS' })
    await press('Digit3')
    await settle()
    expect(studio.calls.findLast(({ name }) => name === 'campaigns.skip')?.input).toMatchObject({ reason: 'tooDark' })
    expect(page.textContent).toContain('clip 1')
  })

  test('what was answered is there again after a reload in an outage, and counts over what the studio has', async () => {
    const first = await open([aTask(0)])
    first.studio.refuse('campaigns.hold', new Error('the line was cut'))
    await first.press('Digit1')
    first.wrapper.unmount()
    const second = await open([aTask(0, { draft: { a0: 'absent', a2: 'unsure' } as never })])
    expect(second.chosen()).toEqual(['pole present', 'ring unsure'])
  })

  test('an answer sent while the line is cut is sent again when it is back', async () => {
    const { press, settle, studio, connection, submits, page } = await open([aTask(0)])
    for (const digit of ['Digit1', 'Digit2', 'Digit3']) await press(digit)
    await settle()
    connection.state.value = 'lost'
    studio.refuse('campaigns.submit', new Error('WebSocket is closed'))
    await press('Enter')
    await settle()
    expect(page.textContent).toContain('no connection; kept in this browser')
    expect(page.textContent).toContain('clip 0')
    connection.state.value = 'open'
    await settle()
    expect(submits()).toHaveLength(2)
    expect(page.textContent).toContain('All done')
  })

  test('an item that was asked for before an answer was sent does not come back after it', async () => {
    const { studio, settle, press, page } = await open([])
    expect(page.textContent).toContain('Others have answered everything')
    studio.state.campaigns.tasks = [aTask(0), aTask(1)]
    // Two questions are on their way at once, and the first clip is answered between them.
    studio.change({ area: 'campaigns', ids: [] })
    studio.change({ area: 'campaigns', ids: [] })
    await settle()
    for (const digit of ['Digit1', 'Digit2', 'Digit3', 'Enter']) await press(digit)
    studio.change({ area: 'campaigns', ids: [] })
    await settle()
    expect(page.textContent).toContain('clip 1')
    expect(page.textContent).toContain('0 of 3 answered')
  })

  test('keys count from the moment a clip is there', async () => {
    const { press, settle, page, submits } = await open()
    for (const digit of ['Digit1', 'Digit2', 'Digit3']) await press(digit)
    const there = new Promise<void>((seen) => {
      const observer = new MutationObserver(() => {
        if (!page.textContent?.includes('clip 1')) return
        observer.disconnect()
        void press('Digit1').then(() => press('Digit2', { altKey: true }))
        void press('Digit3', { shiftKey: true }).then(() => press('Enter'))
        seen()
      })
      observer.observe(page, { subtree: true, childList: true, characterData: true })
    })
    await press('Enter')
    await there
    await settle()
    expect(submits().map(({ input }) => input)).toMatchObject([
      { item: 'i0' },
      { item: 'i1', answers: { a0: 'present', a1: 'unsure', a2: 'absent' } },
    ])
    expect(page.textContent).toContain('All done')
  })

  test('who waits is given a clip also where answers take longer than the campaign rests', async () => {
    const { studio, settle, page } = await open([])
    const asked = () => studio.calls.filter(({ name }) => name === 'campaigns.next').length
    const before = asked()
    const gates: (() => void)[] = []
    studio.state.campaigns.onTheWay = () => new Promise((open) => gates.push(open))
    studio.state.campaigns.tasks = [aTask(0)]
    studio.change({ area: 'campaigns', ids: [] })
    await vi.waitFor(() => expect(asked()).toBe(before + 1))
    // Others go on answering, while that question is on its way.
    for (let i = 0; i < 25; i++) {
      studio.change({ area: 'campaigns', ids: [] })
      await new Promise((next) => setTimeout(next, 50))
    }
    expect(asked()).toBe(before + 1)
    gates[0]?.()
    await settle()
    expect(page.textContent).toContain('clip 0')
  })

  test('what changes while a question is on its way is asked about after it', async () => {
    const { studio, settle, page } = await open([])
    let answer: () => void = () => undefined
    studio.state.campaigns.onTheWay = () => new Promise((open) => (answer = open))
    studio.change({ area: 'campaigns', ids: [] })
    await vi.waitFor(() => expect(studio.calls.at(-1)?.name).toBe('campaigns.next'))
    studio.state.campaigns.onTheWay = () => Promise.resolve()
    studio.state.campaigns.tasks = [aTask(0)]
    studio.change({ area: 'campaigns', ids: [] })
    await new Promise((next) => setTimeout(next, 1100))
    expect(page.textContent).toContain('Others have answered everything')
    answer()
    await settle()
    expect(page.textContent).toContain('clip 0')
  })

  test('who waits for what others hold looks every three seconds, and goes on by itself', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      const { studio, settle, page } = await open([], 'waiting')
      expect(page.textContent).toContain('Others hold the last clips')
      studio.state.campaigns.tasks = [aTask(0)]
      await settle()
      expect(page.textContent).toContain('Others hold the last clips')
      vi.advanceTimersByTime(3000)
      await settle()
      expect(page.textContent).toContain('clip 0')
    } finally {
      vi.useRealTimers()
    }
  })

  test('drawing begins the time of a clip anew, and what others draw in the same video does not', async () => {
    const { studio, settle } = await open([aTask(0, { kind: 'boxes', answer: [], box: aTask(0).answer })])
    const held = () => studio.calls.filter(({ name }) => name === 'campaigns.hold').length
    const rested = async () => {
      await settle()
      await new Promise((next) => setTimeout(next, 350))
    }
    const annotation = useAnnotation()
    const track = await annotation.createTrack(AttributeId.parse('a0'), 0, { x1: 1, y1: 1, x2: 9, y2: 9 })
    await rested()
    expect(held()).toBe(1)
    studio.change({ area: 'annotation', ids: ['v0'] })
    await rested()
    expect(studio.calls.findLast(({ name }) => name === 'annotation.get')?.input).toEqual({ video: 'v0' })
    expect(held()).toBe(1)
    await annotation.setKeyframe(track!, 4, { box: { x1: 2, y1: 2, x2: 9, y2: 9 }, outside: false, occluded: false })
    await rested()
    expect(held()).toBe(2)
  })

  test('a clip that does not play says so, and can be skipped', async () => {
    const { page } = await open()
    expect(page.textContent).toContain('This clip does not play.')
  })

  test('where words are answered and boxed, what is drawn is what can be: the word said to be present', async () => {
    const words = aTask(0).answer
    const { press, page, settle } = await open([aTask(0, { kind: 'both', box: words })])
    const annotation = useAnnotation()
    const drawn = () => [annotation.attribute, page.querySelector('.boxes .current .name')?.textContent?.trim()]
    await press('Digit1', { shiftKey: true })
    await press('Digit2')
    await settle()
    // The ring is next to be answered, and only the ball can be drawn.
    expect(page.textContent).toContain('2 left: ring')
    expect(drawn()).toEqual(['a1', 'ball'])
    await press('Digit3')
    await settle()
    // Everything is answered: what is left is to be boxed, in its order.
    expect(page.textContent).toContain('2 left: ball')
    expect(drawn()).toEqual(['a1', 'ball'])
    await annotation.createTrack(AttributeId.parse('a1'), 0, { x1: 1, y1: 1, x2: 9, y2: 9 })
    await settle()
    expect(drawn()).toEqual(['a1', 'ball'])
    await press('Enter')
    await settle()
    expect(drawn()).toEqual(['a2', 'ring'])
    // Said to be absent after all, it is not drawn any more.
    await press('Digit3', { shiftKey: true })
    await settle()
    expect(drawn()).toEqual(['a1', 'ball'])
    expect(page.textContent).not.toContain('left:')
  })

  test('of a word without a page of the guide, what is said of all of them is shown', async () => {
    const { press, page } = await open()
    await press('Digit1')
    expect(page.querySelector('.guide h2')?.textContent).toBe('Guide: ball')
    await press('Digit2')
    expect(page.querySelector('.guide h2')?.textContent).toBe('Guide')
    expect(page.querySelector('.guide')?.textContent).toContain('Look first.')
  })

  test('who answers in several campaigns goes from one to another', async () => {
    const { page, studio, wrapper, settle } = await open()
    expect(page.querySelector('[aria-label="Other campaigns"]')).toBeNull()
    studio.state.campaigns.list = [aCampaign(), aCampaign({ id: CampaignId.parse('k1'), name: 'Boxes' })]
    studio.change({ area: 'project', ids: [] })
    await settle()
    expect(page.querySelector('[aria-label="Other campaigns"]')).not.toBeNull()
    wrapper.unmount()
    const { page: choice } = await mountStudio(Page, { studio, props: { campaign: '' } })
    expect(choice.textContent).toContain('What do you want to answer?')
    expect(choice.querySelector('.head')?.textContent).toContain('WhyNot Studio')
    expect(choice.querySelector('.head')?.textContent).not.toContain('saved')
  })

  test('a clip that went while it was answered gives way to the next one, in a sentence', async () => {
    const { press, settle, studio, page } = await open()
    for (const digit of ['Digit1', 'Digit2', 'Digit3']) await press(digit)
    studio.refuse('campaigns.submit', new Failure('ITEM_GONE', { item: 'i0' }))
    studio.state.campaigns.tasks = [aTask(1)]
    await press('Enter')
    await settle()
    expect(page.textContent).toContain('clip 1')
    expect(useNotices().notices.map(({ text }) => text)).toEqual([
      'The video of this item was taken out of the project meanwhile.',
    ])
  })

  test('who is let in no more is told so, and keeps the answers', async () => {
    const { press, settle, connection, page } = await open()
    await press('Digit1')
    connection.state.value = 'out'
    await settle()
    expect(page.textContent).toContain('ask for a new link; kept in this browser')
    expect(localStorage.getItem('whynot.item.i0')).toBe('{"a0":"present"}')
  })
})
