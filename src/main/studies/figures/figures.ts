import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { methodVersion } from '@shared/method-version'
import { writeWhole } from '@main/files/write-whole'
import { figureText } from './figure-tables'
import { KeptFigure, type KeptFigures } from './kept-figure'

/** Pages with tables between `<!-- figure: name -->` and `<!-- end -->`. */
const pages = ['README.md', 'docs/results.md']
const marked = /(<!-- figure: ([\w ]+) -->\n)[\s\S]*?<!-- end -->/g

/** Every kept result below `root`, by its name. */
export function keptFigures(root: string): KeptFigures {
  const folder = join(root, 'docs/figures')
  const names = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : []
  const read = (file: string) => KeptFigure.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')))
  return Object.fromEntries(names.sort().map((file) => [file.slice(0, -'.json'.length), read(file)]))
}

/** The page with each table made again; what nothing was measured for stays as it is. */
export function pageWith(page: string, kept: KeptFigures): string {
  return page.replaceAll(marked, (whole: string, from: string, name: string) => {
    const text = figureText(name, kept)
    return text === null ? whole : `${from}\n${text}\n\n<!-- end -->`
  })
}

/** Writes the tables into the pages. @returns the pages that changed */
export function writeFigures(root: string): string[] {
  const kept = keptFigures(root)
  return pages.filter((page) => {
    const before = readFileSync(join(root, page), 'utf8')
    const after = pageWith(before, kept)
    if (after !== before) writeFileSync(join(root, page), after)
    return after !== before
  })
}

/** What is stale, in sentences: tables older than their results, results older than the code or the models they describe. */
export function staleFigures(root: string): string[] {
  const kept = keptFigures(root)
  const tables = pages.flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8')
    return pageWith(text, kept) === text ? [] : [`${page}: a table is older than its result; run npm run figures`]
  })
  const results = Object.entries(kept).flatMap(([name, figure]) => [
    ...(figure.methodVersion === methodVersion
      ? []
      : [
          `docs/figures/${name}.json: measured with version ${figure.methodVersion} of the method, which is ${methodVersion} now; run ${figure.command} again`,
        ]),
    ...(figure.models === null || sameModels(figure.models, shippedModels(root))
      ? []
      : [`docs/figures/${name}.json: describes other models than those that are shipped; run ${figure.command} again`]),
  ])
  return [...tables, ...results]
}

/** SHA-256 of the weights of the shipped models. */
function shippedModels(root: string): NonNullable<KeptFigure['models']> {
  const of = (kind: string) =>
    createHash('sha256')
      .update(readFileSync(join(root, 'resources/tour', kind, 'weights.safetensors')))
      .digest('hex')
  return { classifier: of('classifier'), explainer: of('explainer') }
}

function sameModels(one: NonNullable<KeptFigure['models']>, other: NonNullable<KeptFigure['models']>): boolean {
  return one.classifier === other.classifier && one.explainer === other.explainer
}

/**
 * Keeps what a study or a tour printed with --json. A tour describes the models that are shipped: make both in one run.
 * @returns the name it is kept by
 */
export function keepFigure(
  root: string,
  result: Record<string, unknown>,
  about: Pick<KeptFigure, 'date' | 'machine'> & { command?: string },
): string {
  const { name, command } = madeBy(result)
  const figure = KeptFigure.parse({
    ...{ command, ...about },
    methodVersion: typeof result.methodVersion === 'number' ? result.methodVersion : methodVersion,
    models: name === 'tour' ? shippedModels(root) : null,
    result,
  })
  writeWhole(join(root, 'docs/figures', `${name}.json`), `${JSON.stringify(figure)}\n`)
  return name
}

/** What a result is of, by what it tells of itself, and the command that makes it again. */
function madeBy({ seeds, tier, ...result }: Record<string, unknown>): { name: string; command: string } {
  if ('allPairs' in result && 'classPrior' in result) return { name: 'tour', command: 'npm run tour' }
  const over = Array.isArray(seeds) ? ` --seeds ${seeds.join(',')}` : ''
  if (typeof tier === 'string') return { name: `proof-${tier}`, command: `npm run proof -- --tier ${tier}${over}` }
  const name = String(result.study)
  return { name, command: `npm run study${over ? ` -- ${name}${over}` : ''}` }
}
