import { z } from 'zod'
import { choice } from '@shared/config/choice'
import type { Split } from '@shared/contract/library'
import { type Part, type Reading, bareVideo, defineFormat } from '@main/interchange/format'
import { type ClassNumbers, classList, isClassListName } from '@main/interchange/kit/class-list'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { readLine, readingsOf } from '@main/interchange/kit/list-line'
import { type Source, linesOf, wholeText } from '@main/interchange/source/source'

const options = z.object({
  encoding: encodingOption,
  split: choice({ auto: 'from the name of the list', train: 'train', test: 'test', none: 'none' })
    .default('auto')
    .meta({
      title: 'Split of the videos',
      description: 'The split of all videos listed; auto takes it from the name of the list',
      on: 'read',
    }),
  fold: z.int().min(1).default(1).meta({
    title: 'Which split of a folder',
    description: 'Which of several splits of a folder: 1 takes trainlist01 and testlist01',
    on: 'read',
  }),
  classFrom: choice({
    auto: 'whichever there is',
    folder: 'the folder before a name',
    label: 'the label after a name',
    none: 'nowhere',
  })
    .default('auto')
    .meta({
      title: 'Class from',
      description: 'Where the class stands: the folder before a name, the label after it, or (auto) what there is',
      on: 'read',
    }),
})
type Options = z.output<typeof options>

const listName = /\.(txt|list|lst|csv)$/i
const videoName = /\.(avi|mp4|mov|mkv|webm|seq|mpe?g|m4v|wmv|flv)$/i

/** Lists of videos, one a line, with or without labels: UCF101, Kinetics and mmaction2 (videos and folders of pictures). */
export const videoLists = defineFormat({
  name: 'lists',
  title: 'Lists of videos (UCF101, Kinetics, mmaction2)',
  extensions: ['.zip', '.txt', '.list', '.csv'],
  options,
  losses: ['answers, boxes and tracks', 'videos without a split'],
  detect({ name, isFolder, text, files }) {
    if (isFolder) {
      const lists = files.filter((file) => listName.test(file) && splitOf(file) !== null && !isClassListName(file))
      return lists.length > 0 ? { confidence: 0.6, why: `it holds lists of videos such as ${lists[0] ?? ''}` } : null
    }
    const lines = text
      .split(/\r\n|\n|\r/)
      .slice(0, 50)
      .filter((line) => line.trim() !== '')
    if (lines.length === 0 || !listName.test(name)) return null
    const like = lines.filter((line) =>
      readingsOf(line).some((way) => videoName.test(way.name) || /^[^\s]+\/[^\s]+$/.test(way.name)),
    )
    if (like.length >= lines.length * 0.8) return { confidence: 0.65, why: 'its lines are names of videos' }
    return splitOf(name) ? { confidence: 0.4, why: 'its name says that it lists a split' } : null
  },
  async *read(source, given, reading) {
    if (!source.isFolder) return yield* partsOf(source, { given, numbers: new Map(), path: source.name, reading })
    const files = source.files()
    const classes = files.find(isClassListName)
    const found = classes ? classList(await wholeText(source.open(classes), given.encoding)) : []
    for (const { name } of found) yield { kind: 'class', name }
    const numbers = new Map(found.map(({ number, name }) => [number, name]))
    for (const path of ofFold(
      files.filter((file) => listName.test(file) && !isClassListName(file)),
      given.fold,
    ))
      yield* partsOf(source.open(path), { given, numbers, path, reading })
  },
  *write({ classes, videos }) {
    const number = new Map(classes.map((name, i) => [name, i + 1]))
    for (const split of ['train', 'test'] as const) {
      const lines = function* () {
        for (const video of videos())
          if (video.split === split) yield `${pathOf(video.class, video.name)} ${number.get(video.class ?? '') ?? 0}\n`
      }
      yield { path: `${split}list01.txt`, chunks: lines() }
    }
    yield { path: 'classInd.txt', chunks: classes.map((name, i) => `${i + 1} ${name}\n`) }
  },
})

/** The split a list's name speaks for. */
export function splitOf(path: string): Split | null {
  if (/train/i.test(path)) return 'train'
  return /test|val(id)?(ation)?(?![a-z])/i.test(path) ? 'test' : null
}

function pathOf(of: string | null, name: string): string {
  return of && !name.includes('/') ? `${of}/${name}` : name
}

/** Lists of one fold, where their names end in a number; all of them where none does. */
function ofFold(files: readonly string[], fold: number): string[] {
  const numberOf = (file: string) => Number(/(\d+)\.\w+$/.exec(file)?.[1] ?? NaN)
  const chosen = files.filter((file) => splitOf(file) !== null)
  return chosen.some((file) => numberOf(file) > 0)
    ? chosen.filter((file) => Number.isNaN(numberOf(file)) || numberOf(file) === fold)
    : chosen
}

async function* partsOf(
  list: Source,
  about: { given: Options; numbers: ClassNumbers; path: string; reading: Reading },
): AsyncGenerator<Part> {
  const { given, numbers, path, reading } = about
  const split = given.split === 'none' ? null : given.split === 'auto' ? splitOf(path) : given.split
  for await (const { line, text } of linesOf(list, given.encoding)) {
    if (text.replace(/[\s,;"]/g, '') === '' || text.startsWith('#')) continue
    reading.read(1)
    const { name, label, frames } = readLine(text, (one) => reading.video(one) !== null)
    const ofClass = classFor(name, label, { numbers, from: given.classFrom })
    if (label !== null && ofClass === null && given.classFrom !== 'none')
      reading.note({
        kind: 'skipped',
        line,
        reason: `${list.name}: the label ${label} is a number no list of classes explains`,
      })
    yield { kind: 'video', line, video: bareVideo(name, { class: ofClass, split, frames: frames || null }) }
  }
}

function classFor(
  name: string,
  label: string | null,
  { numbers, from }: { numbers: ClassNumbers; from: Options['classFrom'] },
): string | null {
  if (from === 'none') return null
  const folder = name.replaceAll('\\', '/').split('/').at(-2) ?? null
  if (from === 'folder') return folder
  const isNumber = label !== null && /^-?\d+$/.test(label)
  const said = label === null ? null : isNumber ? (numbers.get(Number(label)) ?? null) : label
  return from === 'label' ? said : (said ?? folder)
}
