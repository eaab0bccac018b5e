import type { Page } from 'playwright-core'
import { describe, expect, inject, test } from 'vitest'
import { iou } from '@shared/geometry/box'
import { Hand } from './hand'
import { askStudio, openWindow } from './window'

const here = inject('studio') !== null

/** A radio of one attribute's switch. */
const answer = (page: Page, attribute: string, value: string) =>
  page.getByRole('radiogroup', { name: attribute }).getByRole('radio', { name: value })

const drawn = (page: Page) => page.evaluate(() => window.__whynotStage!.drawn()!)

/** The id of a video of the tour. */
const idOf = async (name: string) =>
  (await askStudio<{ rows: { id: string }[] }>(['POST', '/videos/query', { text: name }])).rows[0]!.id

/** Whether the layer of the boxes has anything at a point of the picture. */
const isPainted = (page: Page, at: { x: number; y: number }) =>
  page.evaluate((point) => {
    const { stage, toPage } = window.__whynotStage!
    const { left, top } = stage.container().getBoundingClientRect()
    const { x, y } = toPage(point)
    const canvas = stage.getLayers()[1]!.getNativeCanvasElement()
    const ratio = canvas.width / stage.width()
    const pixel = canvas.getContext('2d')!.getImageData((x - left) * ratio, (y - top) * ratio, 1, 1)
    return pixel.data[3]! > 0
  }, at)

describe.skipIf(!here)('a labeller', () => {
  test('answers an attribute, takes it back and goes on, by keyboard alone; a reload keeps what was said', async () => {
    await using studio = await openWindow()
    const { page } = studio
    await studio.goTo('/annotate')
    await page.waitForFunction(() => window.__whynotStage?.drawn() === 0)
    const before = await answer(page, 'pole', 'unsure').isChecked()
    expect(before).toBe(false)
    await page.keyboard.press('Alt+Digit1')
    await expect.poll(() => answer(page, 'pole', 'unsure').isChecked()).toBe(true)
    await page.reload()
    await page.waitForFunction(() => window.__whynotStage?.drawn() === 0)
    await expect.poll(() => answer(page, 'pole', 'unsure').isChecked()).toBe(true)
    await page.keyboard.press('Control+z')
    await expect.poll(() => answer(page, 'pole', 'unsure').isChecked()).toBe(false)
    const name = await page
      .getByRole('heading', { level: 1 })
      .first()
      .innerText()
      .catch(() => '')
    await page.keyboard.press('Enter')
    await expect
      .poll(
        async () =>
          page
            .getByRole('heading', { level: 1 })
            .first()
            .innerText()
            .catch(() => ''),
        { timeout: 15_000 },
      )
      .not.toBe(name || 'no heading')
    expect(studio.complaints).toEqual([])
  })

  test('draws a box on the stage, moves on a frame, sees it there, and undoes it', async () => {
    await using studio = await openWindow()
    const { page } = studio
    await studio.goTo('/annotate')
    await page.waitForFunction(() => window.__whynotStage?.drawn() === 0)
    const count = () => page.evaluate(() => window.__whynotStage!.marks().length)
    // The people's boxes come a moment after the picture; the first clip has one.
    await expect.poll(count).toBeGreaterThan(0)
    const before = await count()
    await page.keyboard.press('b')
    const { from, to } = await page.evaluate(() => {
      const stage = window.__whynotStage!
      return { from: stage.toPage({ x: 4, y: 4 }), to: stage.toPage({ x: 24, y: 20 }) }
    })
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2)
    await page.mouse.move(to.x, to.y)
    await page.mouse.up()
    await expect.poll(count).toBe(before + 1)
    // It is also painted: the stage shows its edge where the pointer let go of it.
    await expect.poll(() => isPainted(page, { x: 24, y: 20 })).toBe(true)
    expect(await isPainted(page, { x: 14, y: 12 })).toBe(false)
    await page.keyboard.press('ArrowRight')
    await page.waitForFunction(() => window.__whynotStage?.drawn() === 1)
    expect(await count()).toBeGreaterThanOrEqual(before + 1)
    await page.keyboard.press('Control+z')
    await expect.poll(count, { timeout: 10_000 }).toBe(before)
    await expect.poll(() => isPainted(page, { x: 24, y: 20 })).toBe(false)
    expect(studio.complaints).toEqual([])
  })

  test('boxes an actor, who stands apart from the attributes, by pointer and by keys alone', async () => {
    await using studio = await openWindow()
    const { page } = studio
    await studio.goTo(`/annotate/${await idOf('test_0002')}`)
    await page.waitForFunction(() => window.__whynotStage?.drawn() === 0)
    const actors = page.getByRole('list', { name: 'Tracks' }).getByRole('button', { name: /^actor/ })
    const names = async () => (await actors.allInnerTexts()).filter(Boolean)
    await page.keyboard.press('Shift+A')
    await new Hand(page).drag({ x: 30, y: 20 }, { x: 50, y: 60 })
    await expect.poll(names).toEqual(['actor'])
    await page.keyboard.press('Shift+A')
    await page.keyboard.press('Shift+B')
    await expect.poll(names).toEqual(['actor 1', 'actor 2'])
    for (const left of [['actor'], []]) {
      await page.keyboard.press('Control+z')
      await expect.poll(names).toEqual(left)
    }
    expect(studio.complaints).toEqual([])
  })

  test('has a box followed, finds it where the object is, takes it for good, and takes that back', async () => {
    await using studio = await openWindow()
    const { page } = studio
    await studio.goTo(`/annotate/${await idOf('test_0001')}?frame=2`)
    await page.waitForFunction(() => window.__whynotStage?.drawn() === 2 && window.__whynotStage.marks().length > 0)
    const ofName = (name: string) =>
      page.evaluate((word) => window.__whynotStage!.marks().find(({ label }) => label.startsWith(word)), name)
    const pole = (await ofName('pole'))!
    // A second track over what the people of the tour boxed: theirs says where it really goes.
    await page.getByRole('button', { name: 'ring', exact: true }).click()
    await page.keyboard.press('b')
    const { x1, y1, x2, y2 } = pole.box
    await new Hand(page).drag({ x: x1, y: y1 }, { x: x2, y: y2 })
    await expect.poll(() => ofName('ring')).toMatchObject({ look: 'key', selected: true })
    await page.keyboard.press('Shift+T')
    await expect.poll(() => ofName('ring'), { timeout: 20_000 }).toMatchObject({ look: 'proposed' })
    await page.waitForFunction(() => window.__whynotStage!.drawn()! > 8)
    for (let frame = await drawn(page); frame > 8; frame--) await page.keyboard.press('ArrowLeft')
    await page.waitForFunction(() => window.__whynotStage?.drawn() === 8)
    const [found, truth] = [(await ofName('ring'))!, (await ofName('pole'))!]
    expect(found.look).toBe('proposed')
    expect(iou(found.box, truth.box)).toBeGreaterThan(0.8)
    await page.keyboard.press('Shift+Y')
    await expect.poll(() => ofName('ring')).toMatchObject({ look: 'between' })
    await page.keyboard.press('Control+z')
    await expect.poll(() => ofName('ring')).toMatchObject({ look: 'proposed' })
    await page.keyboard.press('Shift+N')
    await expect.poll(async () => (await ofName('ring'))?.look).not.toBe('proposed')
    for (let step = 0; step < 3; step++) await page.keyboard.press('Control+z')
    await expect.poll(() => ofName('ring')).toBeUndefined()
    expect(studio.complaints).toEqual([])
  })

  test('does by the menu of a box what its keys do, and goes back by the history', async () => {
    await using studio = await openWindow()
    const { page } = studio
    await studio.goTo('/annotate')
    await page.waitForFunction(() => window.__whynotStage?.drawn() === 0)
    const marks = () => page.evaluate(() => window.__whynotStage!.marks().map(({ look }) => look))
    await expect.poll(async () => (await marks()).length).toBeGreaterThan(0)
    const middle = await page.evaluate(() => {
      const { x1, y1, x2, y2 } = window.__whynotStage!.marks()[0]!.box
      return window.__whynotStage!.toPage({ x: (x1 + x2) / 2, y: (y1 + y2) / 2 })
    })
    await page.mouse.click(middle.x, middle.y, { button: 'right' })
    await page.getByText('Occluded from here, or visible').click()
    await expect.poll(marks).toContain('occluded')
    // The menu leaves slowly, and keys are not its own any more.
    await page.keyboard.press('Shift+F10')
    await page.getByText('Copy the box').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Shift+H')
    await page.getByText('The beginning').click()
    await expect.poll(marks).not.toContain('occluded')
    expect(studio.complaints).toEqual([])
  })
})
