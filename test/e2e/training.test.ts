import { dirname } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { openEngine } from '@main/learning/engine/open-engine'
import { layersFile } from '../support/foreign-model'
import { useCachedEngine } from '../support/studio'
import { openWindow } from './window'

const here = inject('studio') !== null

describe.skipIf(!here).each(['dark', 'light'] as const)('in the %s theme', (theme) => {
  test('who trains sees the network before the run: its grid, what a cell sees, what it could begin with', async () => {
    await using studio = await openWindow({ theme })
    const { page, complaints } = studio
    await studio.goTo('/train')
    await page.getByRole('button', { name: 'New run' }).click()
    await page.getByRole('radio', { name: 'Classifier' }).click()
    const network = page.getByRole('region', { name: 'The network' })
    await network.getByText('grid 8 × 8').waitFor()
    await studio.picture('train-form')
    await network.getByRole('button').click()
    await network.getByText('all 64 px').first().waitFor()
    await network.scrollIntoViewIfNeeded()
    await studio.picture('train-network')
    await page.getByLabel('Start from').click({ force: true })
    await page
      .getByRole('option', { name: /test accuracy/ })
      .first()
      .waitFor()
    await page.waitForTimeout(300)
    await studio.picture('train-start-from')
    await page.keyboard.press('Escape')
    expect(complaints).toEqual([])
  })

  test('who has a model of their own brings it in: looks at it, checks its classes, and finds it among the runs', async () => {
    await useCachedEngine()
    await openEngine()
    const file = await layersFile({ frames: 16, side: 64, classes: 8 })
    await using studio = await openWindow({ theme })
    const { page, complaints } = studio
    await studio.goTo('/train')
    await page.getByRole('button', { name: 'Import a model' }).click()
    const dialog = page.getByRole('dialog', { name: 'Import a model' })
    await dialog.getByRole('button', { name: 'Choose' }).click()
    const picker = page.getByRole('dialog', { name: 'A model' })
    await picker.getByRole('list').waitFor()
    await picker.getByLabel('Folder', { exact: true }).fill(dirname(file))
    await page.keyboard.press('Enter')
    await picker.getByText('model.json').waitFor()
    await studio.picture('import-model-choose')
    await picker.getByText('model.json').click()
    await dialog.getByText('takes 16 frames of 64 × 64 px').waitFor()
    expect(await dialog.getByRole('checkbox', { name: 'second_relu' }).isChecked()).toBe(true)
    await dialog.getByText('8 of 8').waitFor()
    await studio.picture('import-model')
    await dialog.getByLabel('Name of the run').fill(`Theirs, ${theme}`)
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    const run = page.getByRole('region', { name: `Theirs, ${theme}` })
    await run.getByText('done', { exact: true }).first().waitFor({ timeout: 60_000 })
    await run.getByText('second_relu: 16 × 16 of 4 px').waitFor()
    await studio.picture('train-imported')
    expect(complaints).toEqual([])
  })

  test('who varies settings starts a sweep, sees one row that opens, and which settings came out best', async () => {
    await using studio = await openWindow({ theme })
    const { page, complaints } = studio
    await studio.goTo('/train')
    await page.getByRole('button', { name: 'New run' }).click()
    await page.getByRole('radio', { name: 'Classifier' }).click()
    for (const [name, value] of [
      ['Picture size', '32'],
      ['Frames', '4'],
      ['Epochs', '1'],
    ] as const)
      await page.getByRole('textbox', { name, exact: true }).fill(value)
    await page.getByPlaceholder('Name, or leave it to the studio').fill(`rates ${theme}`)
    await page.getByRole('button', { name: 'Vary a setting: several runs' }).click()
    await page.getByLabel('Values of setting 1').fill('0.001, 0.01, 0.1')
    await page.getByRole('button', { name: 'Vary another setting' }).click()
    await page.getByLabel('Values of setting 2').fill('1..2')
    await page.getByText('6 runs as one sweep').scrollIntoViewIfNeeded()
    await studio.picture('sweep-form')
    await page.getByRole('button', { name: 'Start 6 runs' }).click()
    const sweep = page.getByRole('region', { name: `rates ${theme}` })
    await sweep.getByText('6 done').waitFor({ timeout: 120_000 })
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('button', { name: `Runs of rates ${theme}` }).click()
    await page
      .getByRole('row', { name: `rates ${theme}.6` })
      .first()
      .waitFor()
    await sweep.getByRole('img', { name: /Parallel coordinates/ }).waitFor()
    await page.waitForTimeout(300)
    await studio.picture('sweep')
    expect(complaints).toEqual([])
  })
})
