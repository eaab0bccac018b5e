import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { keepFigure, keptFigures, pageWith, staleFigures, writeFigures } from '@main/studies/figures/figures'
import { figureText } from '@main/studies/figures/figure-tables'
import { methodVersion } from '@shared/method-version'
import { tempFolder } from '../../../../support/studio'

const root = resolve(import.meta.dirname, '../../../../..')
const about = { date: '2026-12-01', machine: 'two cores' }
const spread = (mean: number) => ({ mean, low: mean - 0.1, high: mean, spread: 0.1, seeds: 2 })
const study = {
  ...{ study: 'variants', seeds: [6, 7], methodVersion },
  rows: { 'follows-clip': { follows: spread(0.98), thing: spread(1) }, 'classes only': { changed: spread(0) } },
}

/** A project's pages and shipped models, with one table. */
function aRoot(path: string): string {
  for (const folder of ['docs/figures', 'resources/tour/classifier', 'resources/tour/explainer'])
    mkdirSync(join(path, folder), { recursive: true })
  for (const kind of ['classifier', 'explainer'])
    writeFileSync(join(path, 'resources/tour', kind, 'weights.safetensors'), kind)
  writeFileSync(join(path, 'README.md'), 'Nothing measured.\n')
  writeFileSync(join(path, 'docs/results.md'), 'Before\n<!-- figure: variants -->\nold\n<!-- end -->\nAfter\n')
  return path
}

test('every table of the docs is made from a kept result, and none is older than its result, its code or its models', () => {
  expect(staleFigures(root)).toEqual([])
})

describe('a project of its own', () => {
  test('a result that is kept makes its table, with the command, the day and the seeds below', () => {
    using folder = tempFolder()
    const own = aRoot(folder.path)
    expect(keepFigure(own, study, about)).toBe('variants')
    expect(staleFigures(own)).toEqual(['docs/results.md: a table is older than its result; run npm run figures'])
    expect(writeFigures(own)).toEqual(['docs/results.md'])
    const page = readFileSync(join(own, 'docs/results.md'), 'utf8')
    expect(page).toMatch(/with presence, placed tubes +\| 1\.00 \(\.90-1\.00\) +\| \.98 \(\.88-\.98\)/)
    expect(page).toContain('`npm run study -- variants --seeds 6,7`, 2026-12-01, two cores; mean of 2 seeds')
    expect(page.startsWith('Before\n') && page.endsWith('After\n')).toBe(true)
    expect(page).not.toContain('old')
    expect([staleFigures(own), writeFigures(own)]).toEqual([[], []])
  })

  test('a proof is kept by its tier, and its table has what it measured', () => {
    using folder = tempFolder()
    const own = aRoot(folder.path)
    writeFileSync(join(own, 'docs/results.md'), '<!-- figure: proof T1 -->\n<!-- end -->\n')
    const proof = { tier: 'T1', seeds: [0, 1], rightAttribute: spread(1), selectByMaxRightAttribute: spread(0.5) }
    expect(keepFigure(own, proof, about)).toBe('proof-T1')
    writeFigures(own)
    const page = readFileSync(join(own, 'docs/results.md'), 'utf8')
    expect(page).toMatch(/right attribute +\| 1\.00 \(\.90-1\.00\)/)
    expect(page).toMatch(/right attribute, by max \(paper\) \| \.50 \(\.40-\.50\)/)
    expect(page).toContain('`npm run proof -- --tier T1 --seeds 0,1`')
    expect(page).not.toContain('NCA')
  })

  test('a result of another version of the method is stale, whatever its table says', () => {
    using folder = tempFolder()
    const own = aRoot(folder.path)
    keepFigure(own, { ...study, methodVersion: methodVersion - 1 }, about)
    writeFigures(own)
    expect(staleFigures(own).join()).toContain(`measured with version ${methodVersion - 1} of the method`)
  })

  test('a tour whose models are not those that are shipped is stale', () => {
    using folder = tempFolder()
    const own = aRoot(folder.path)
    expect(keepFigure(own, { allPairs: {}, classPrior: {}, methodVersion }, about)).toBe('tour')
    expect(staleFigures(own)).toEqual([])
    writeFileSync(join(own, 'resources/tour/explainer/weights.safetensors'), 'trained again')
    expect(staleFigures(own).join()).toContain('describes other models than those that are shipped')
  })

  test('what was not measured yet leaves the page as it is, and a name that no table has is a mistake', () => {
    const page = '<!-- figure: yoga6 -->\nnot measured\n<!-- end -->'
    expect(pageWith(page, {})).toBe(page)
    expect(() => figureText('unheard of', {})).toThrow('no table is called unheard of')
  })
})

test('remove-1 questions and all pairs stand beside each other, from several seeds where there are some', () => {
  using folder = tempFolder()
  const own = aRoot(folder.path)
  cpSync(join(root, 'docs/figures'), join(own, 'docs/figures'), { recursive: true })
  const rows = { 'remove1 method': { ncaTop1: spread(1) }, 'all method': { ncaTop1: spread(0.3) } }
  keepFigure(own, { study: 'evidence', seeds: [0, 1], methodVersion, rows }, about)
  const text = figureText('first', keptFigures(own))
  expect(text).toMatch(/the method, NCA top-1 +\| 1\.00 \(\.90-1\.00\) +\| \.30 \(\.20-\.30\)/)
  expect(text).toContain('mean of 2 seeds')
})
