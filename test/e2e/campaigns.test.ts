import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { LayerOfVideo } from '@shared/contract/campaign-quality'
import type { Campaign, CampaignItem, Given } from '@shared/contract/campaign-words'
import type { CrowdReport } from '@shared/contract/crowds'
import { type StudioWindow, askStudio, openBrowser } from './window'

const here = inject('studio') !== null
/** States are waited for, however busy the machine is. */
const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 20_000 })

/** Answers the clip shown: the first word as said, the second absent; then submits. */
async function answer(page: Page, first: 'present' | 'absent'): Promise<string> {
  const clip = await nameOf(page)
  await page.keyboard.press(first === 'present' ? 'Digit1' : 'Shift+Digit1')
  await page.keyboard.press('Shift+Digit2')
  await eventually(() => page.locator('.switch [aria-checked=true]').count()).toBe(2)
  await page.keyboard.press('Enter')
  await eventually(() => nameOf(page)).not.toBe(clip)
  return clip
}

/** Answers three clips, and waits meanwhile for what others hold. */
async function answerThree(page: Page, first: 'present' | 'absent'): Promise<string[]> {
  const clips: string[] = []
  while (clips.length < 3) {
    await eventually(() => nameOf(page)).toMatch(/^test_/)
    clips.push(await answer(page, first))
  }
  return clips.toSorted()
}

/** The clip shown, or why there is none. Read at once: between two looks one may give way to the other. */
function nameOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const shown = ['[role=toolbar][aria-label=Player] .lab', '.end-of-items h2'].map((at) => document.querySelector(at))
    return shown.find((element) => element !== null)?.textContent ?? ''
  })
}

/** What was begun, and the job that does it. */
interface Started {
  job: string
  run: string
  evaluation: string
}

/** Waits for the end of a job, which must be good. */
async function done(job: string): Promise<void> {
  const state = async () => (await askStudio<{ state: string }>(['GET', `/jobs/${job}`])).state
  await expect.poll(state, { timeout: 60_000, interval: 250 }).toBe('done')
}

describe.skipIf(!here)('a campaign of three people in three browsers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'whynot-campaign-'))
  const people: string[] = []
  let campaign: Campaign
  let words: { id: string; name: string }[]
  let gold: string
  /** What was said of it before. */
  let before: { attribute: string; value: string; annotator: string | null }[]

  const now = () => askStudio<Campaign>(['GET', `/campaigns/${campaign.id}`])
  const items = async () =>
    (await askStudio<{ rows: CampaignItem[] }>(['POST', `/campaigns/${campaign.id}/items`, {}])).rows
  const layerOf = (video: string) => askStudio<LayerOfVideo>(['GET', `/campaigns/${campaign.id}/layer/${video}`])

  beforeAll(async () => {
    words = (await askStudio<{ id: string; name: string }[]>(['GET', '/attributes'])).slice(0, 2)
    const found = await askStudio<{ rows: { id: string }[] }>(['POST', '/videos/query', { text: 'test_0029' }])
    gold = found.rows[0]!.id
    campaign = await askStudio<Campaign>([
      'POST',
      '/campaigns',
      {
        ...{
          name: 'Two clips',
          kind: 'attributes',
          filter: { text: 'test_003' },
          attributes: words.map(({ id }) => id),
        },
        settings: { answersWanted: 2, goldEvery: 2, minutesPerItem: 0.1, method: 'majority' },
        guidelines: `Look first.\n\n## ${words[0]!.name}\n\nOnly the whole thing.`,
      },
    ])
    before = (await askStudio<{ labels: typeof before }>(['GET', `/videos/${gold}/annotations`])).labels
    for (const { id } of words) await askStudio(['POST', `/videos/${gold}/labels`, { attribute: id, value: 'absent' }])
    await askStudio(['POST', `/campaigns/${campaign.id}/gold`, { videos: [gold] }])
    await askStudio(['POST', `/campaigns/${campaign.id}/state`, { state: 'open' }])
  })

  afterAll(async () => {
    await askStudio(['DELETE', `/campaigns/${campaign.id}`])
    for (const { id } of words) {
      const value = before.find(({ attribute, annotator }) => attribute === id && annotator)?.value ?? null
      await askStudio(['POST', `/videos/${gold}/labels`, { attribute: id, value }])
    }
    for (const person of people) await askStudio(['DELETE', `/people/${person}`])
    rmSync(folder, { recursive: true, force: true })
  })

  test('its guidelines stand beside the stage for whoever labels one of its clips, at the page about the word', async () => {
    await using browser = await openBrowser()
    const { page, goTo } = await browser.open()
    await goTo(`/annotate/${gold}`)
    const guide = page.getByRole('region', { name: 'Guidelines' })
    // The rows of the timeline have these names, too.
    const word = (name: string) => page.getByRole('button', { name, description: name, exact: true })
    await word(words[0]!.name).click()
    await guide.getByText('Only the whole thing.').waitFor()
    await word(words[1]!.name).click()
    await guide.getByText('Look first.').waitFor()
    await page.keyboard.press('Shift+G')
    await guide.getByText('Look first.').waitFor({ state: 'hidden' })
    await page.keyboard.press('Shift+G')
    await guide.getByText('Look first.').waitFor()
  })

  test('time limit, gold, disagreement, consolidation, its undo, answers that come late, and what is learnt of them', async () => {
    await using browser = await openBrowser()
    const come = async (name: string): Promise<StudioWindow> => {
      const made = await askStudio<{ person: string; path: string }>(['POST', '/people', { name, role: 'annotator' }])
      people.push(made.person)
      return browser.openItems(new URL(made.path, inject('studio') ?? '').href)
    }
    const ann = await come('Ann')
    await eventually(() => nameOf(ann.page)).toBe('test_0030')
    // Whoever only answers sees the clip, what is asked and the guidelines: no rail, no search, no folder.
    expect(await ann.page.getByRole('navigation', { name: 'Screens' }).count()).toBe(0)
    await ann.page.getByRole('heading', { name: `Guide: ${words[0]!.name}` }).waitFor()
    await ann.goTo('/library')
    await eventually(() => ann.page.evaluate(() => location.hash)).toContain('/item')

    // Ann holds her clip: it comes to Cid only when her time is over, and a gold one came in between.
    const [ben, cid] = [await come('Ben'), await come('Cid')]
    expect(await answerThree(ben.page, 'present')).toEqual(['test_0029', 'test_0030', 'test_0031'])
    await eventually(() => nameOf(ben.page)).toBe('All done')
    expect(await answerThree(cid.page, 'absent')).toEqual(['test_0029', 'test_0030', 'test_0031'])
    expect((await now()).progress).toMatchObject({ items: 2, wanted: 4, answers: 4, gold: 1 })
    await eventually(() => ann.page.getByText('time is over').isVisible()).toBe(true)

    // The owner sees it, makes one layer, and decides what two people say and two deny.
    const studio = await browser.open()
    const { page } = studio
    await studio.goTo(`/campaigns/${campaign.id}`)
    await page.getByText('of 4 answers, 100 %').waitFor()
    await page.getByRole('button', { name: 'Consolidate' }).click()
    await page.getByText(/^Consolidated by majority/).waitFor()
    expect((await now()).layer).toMatchObject({ labels: 6, open: 2, decided: 0 })
    await page.keyboard.press('j')
    await page.getByRole('heading', { name: 'Disagreement 1 of 2' }).waitFor()
    await eventually(() => page.getByRole('article').count()).toBe(2)
    const shown = await page.locator('header .cap.cut').first().innerText()
    await page.keyboard.press('1')
    await page.getByRole('heading', { name: 'Disagreement 2 of 2' }).waitFor()
    await eventually(async () => (await now()).layer).toMatchObject({ open: 1, decided: 1 })

    // Back to no layer, and there again.
    await studio.goTo(`/campaigns/${campaign.id}`)
    await page.getByRole('button', { name: 'Undo consolidation' }).first().click()
    await eventually(async () => (await now()).layer).toBeNull()
    await page.getByRole('button', { name: 'Consolidate' }).click()
    await eventually(async () => (await now()).layer).toMatchObject({ open: 1, decided: 1 })

    // Ann answers after her time: it counts, and the layer is made anew. Then a fourth comes from another crowd.
    const late = (await items()).find(({ videoName }) => videoName === 'test_0030')!
    expect((await layerOf(late.video)).labels[0]?.answers).toHaveLength(2)
    await answer(ann.page, 'present')
    await eventually(async () => (await layerOf(late.video)).labels[0]?.answers.length).toBe(3)
    const file = join(folder, 'answer-late.json')
    const said = { [words[0]!.name]: 'present', [words[1]!.name]: 'absent' }
    const fourth = { worker: 'AWORKER4', video: 'test_0030', labels: said, seconds: 12 }
    writeFileSync(file, JSON.stringify({ kind: 'whynot-answers', answers: [fourth] }))
    const report = await askStudio<CrowdReport>(['POST', `/campaigns/${campaign.id}/crowd/answers`, { path: file }])
    expect(report).toMatchObject({ taken: 1, labels: 2, otherVideos: [] })
    const label = async () => (await layerOf(late.video)).labels.find(({ attribute }) => attribute === words[0]!.id)
    await eventually(async () => (await label())?.answers.length).toBe(4)
    // Three of four say present now; where a reviewer had decided, that stays.
    expect((await label())?.value).toBe('present')
    expect((await label())?.decided).toBe(shown.startsWith('test_0030'))

    // What is learnt and measured with the layer says so.
    const config = { steps: 10, batch: 4, clips: 40, layer: campaign.name, bySureness: true }
    const run = await askStudio<Started>(['POST', '/runs', { kind: 'explainer', config }])
    await done(run.job)
    expect((await askStudio<string[]>(['GET', `/runs/${run.run}/log`])).join('\n')).toContain(
      'takes the layer "Two clips": 6 labels and 0 tracks of 8 answers, by majority; 0 wait for a reviewer',
    )
    await studio.goTo(`/train/${run.run}`)
    await page.getByText('labels of the layer Two clips').waitFor()
    const measured = {
      run: run.run,
      config: { pairs: 'top', negatives: 1, maxPairs: 4, baselines: [], layer: campaign.name },
    }
    const evaluation = await askStudio<Started>(['POST', '/evaluations', measured])
    await done(evaluation.job)
    await studio.goTo(`/review/${evaluation.evaluation}`)
    await page.getByText('labels of the layer Two clips').waitFor()
    await askStudio(['DELETE', `/evaluations/${evaluation.evaluation}`])
    await askStudio(['DELETE', `/runs/${run.run}`])
    for (const window of [ann, ben, cid, studio]) expect(window.complaints).toEqual([])
  })
})

describe.skipIf(!here)('a campaign of words and their boxes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'whynot-both-'))
  let campaign: Campaign
  let person = ''
  let words: { id: string; name: string }[]

  beforeAll(async () => {
    words = (await askStudio<{ id: string; name: string }[]>(['GET', '/attributes'])).slice(0, 2)
    const asked = { name: 'Words and boxes', kind: 'both', filter: { text: 'test_0028' } }
    const settings = { answersWanted: 3, goldEvery: 0, method: 'majority' }
    campaign = await askStudio(['POST', '/campaigns', { ...asked, attributes: words.map(({ id }) => id), settings }])
    await askStudio(['POST', `/campaigns/${campaign.id}/state`, { state: 'open' }])
  })

  afterAll(async () => {
    await askStudio(['DELETE', `/campaigns/${campaign.id}`])
    if (person) await askStudio(['DELETE', `/people/${person}`])
    rmSync(folder, { recursive: true, force: true })
  })

  test('is answered and drawn in a browser and by a crowd, and becomes labels and a median tube', async () => {
    await using browser = await openBrowser()
    const made = await askStudio<{ person: string; path: string }>([
      ...(['POST', '/people', { name: 'Dot', role: 'annotator' }] as const),
    ])
    person = made.person
    const dot = await browser.openItems(new URL(made.path, inject('studio') ?? '').href)
    const { page } = dot
    await eventually(() => nameOf(page)).toBe('test_0028')
    await page.keyboard.press('Digit1')
    await page.keyboard.press('Shift+Digit2')
    // What is present is drawn next: Enter says so, and goes there.
    await page.getByText(`1 left: ${words[0]!.name}`).waitFor()
    const stage = await page.getByRole('region', { name: 'Clip' }).boundingBox()
    if (!stage) throw new Error('no picture')
    const [x, y] = [stage.x + stage.width / 2, stage.y + stage.height / 2]
    await page.mouse.move(x - 60, y - 60)
    await page.mouse.down()
    await page.mouse.move(x + 60, y + 60, { steps: 4 })
    await page.mouse.up()
    await page.getByText('frames 0–15').waitFor()
    await page.keyboard.press('Enter')
    await eventually(() => nameOf(page)).toBe('All done')

    const [item] = (await askStudio<{ rows: CampaignItem[] }>(['POST', `/campaigns/${campaign.id}/items`, {}])).rows
    const given = await askStudio<Given[]>(['GET', `/items/${item!.id}`])
    const own = given.find((one) => one.name === 'Dot')?.tracks[0]?.keyframes[0]?.box
    expect(given.map(({ state, tracks }) => [state, tracks.length])).toEqual([['answered', 1]])
    if (!own) throw new Error('nothing drawn')

    // Two of a crowd draw nearly the same; the second sees the other word as well.
    const drawn = (by: number) => {
      const [left, top] = [own.x1 + by, own.y1 + by]
      const keyframes = [{ frame: 0, left, top, width: own.x2 - own.x1, height: own.y2 - own.y1 }]
      return [{ attribute: words[0]!.name, keyframes }]
    }
    const says = (worker: string, other: string, by: number) => ({
      ...{ worker, video: 'test_0028', seconds: 20, tracks: drawn(by) },
      labels: { [words[0]!.name]: 'present', [words[1]!.name]: other },
    })
    const file = join(folder, 'answers-both.json')
    const answers = [says('B1', 'absent', 1), says('B2', 'present', 2)]
    writeFileSync(file, JSON.stringify({ kind: 'whynot-answers', answers }))
    await askStudio(['POST', `/campaigns/${campaign.id}/crowd/answers`, { path: file }])

    const studio = await browser.open()
    await studio.goTo(`/campaigns/${campaign.id}`)
    await studio.page.getByText('of 3 answers, 100 %').waitFor()
    await studio.page.getByRole('button', { name: 'Consolidate' }).click()
    await studio.page.getByText(/^Consolidated by majority, 2 labels, 1 tube/).waitFor()
    const layer = await askStudio<LayerOfVideo>(['GET', `/campaigns/${campaign.id}/layer/${item!.video}`])
    const valueOf = (i: number) => layer.labels.find(({ attribute }) => attribute === words[i]!.id)?.value
    expect([valueOf(0), layer.tracks.map(({ members }) => members.length)]).toEqual(['present', [3]])
    expect(layer.tracks[0]?.keyframes[0]?.box.x1).toBeCloseTo(own.x1 + 1, 3)
    for (const window of [dot, studio]) expect(window.complaints).toEqual([])
  })
})
