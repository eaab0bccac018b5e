/** A file, or the files of a folder by path; a file alone has the path ''. */
export type Texts = ReadonlyMap<string, string>

/** How a file of a format may stand otherwise and say the same. */
export interface Forms {
  /** Rows, boxes or entries in another order. */
  shuffled: (texts: Texts) => Texts
  /** Without what may be missing. */
  bare: (texts: Texts) => Texts
}

/** The same things in another fixed order. */
function mixed<T>(things: readonly T[]): T[] {
  const order = things.map((thing, i) => ({ thing, key: (i * 7919 + 13) % 10_007 }))
  return order.sort((a, b) => a.key - b.key).map(({ thing }) => thing)
}

const each =
  (change: (text: string, path: string) => string | null) =>
  (texts: Texts): Texts =>
    new Map(
      [...texts].flatMap(([path, text]) => {
        const changed = change(text, path)
        return changed === null ? [] : [[path, changed] as const]
      }),
    )

const linesOf = (text: string) => text.split(/\r?\n/).filter(Boolean)
const isHead = (line: string) => /^\ufeff?"?#/.test(line)

/** Rows below their head, mixed. */
const mixedRows = each((text, path) => {
  if (/labels\.txt$|\.ini$/.test(path)) return text
  const lines = linesOf(text)
  return [...lines.filter(isHead), ...mixed(lines.filter((line) => !isHead(line)))].join('\n')
})

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Every value within a JSON text, changed from the inside out. */
const json = (change: (value: Json, key: string) => Json | undefined) =>
  each((text) => {
    const within = (value: Json, key: string): Json | undefined => {
      if (Array.isArray(value))
        return change(
          value.map((one) => within(one, '') ?? null),
          key,
        )
      if (value === null || typeof value !== 'object') return change(value, key)
      const kept = Object.entries(value).flatMap(([name, one]) => {
        const changed = within(one, name)
        return changed === undefined ? [] : [[name, changed] as const]
      })
      return change(Object.fromEntries(kept), key)
    }
    return JSON.stringify(within(JSON.parse(text) as Json, ''))
  })

/** Lists under these names in another order; of an object, its keys. */
const mixedLists = (...names: string[]) =>
  json((value, key) => {
    if (!names.includes(key)) return value
    return Array.isArray(value) ? mixed(value) : Object.fromEntries(mixed(Object.entries(value as object)))
  })

const without = (...names: string[]) => json((value, key) => (names.includes(key) ? undefined : value))

const xmlWithout = each((text) =>
  text
    .replace(/ (z_order|source|group_id)="[^"]*"/g, '')
    .replace(/<(labels|original_size|size|overlap|dumped|flipped|id|attribute)\b[^>]*>[\s\S]*?<\/\1>/g, ''),
)

const mixedBoxes = each((text) =>
  text.replace(/(<track\b[^>]*>)([\s\S]*?)(<\/track>)/g, (_, open: string, boxes: string, close: string) => {
    const found = boxes.match(/<box\b[\s\S]*?<\/box>/g) ?? []
    return open + mixed(found).join('\n') + close
  }),
)

const cocoOptional = ['info', 'licenses', 'area', 'areas', 'iscrowd', 'width', 'height', 'fps', 'annotation_fps']

/** For each format with boxes. */
export const formsOf: Readonly<Record<string, Forms>> = {
  jsonl: {
    shuffled: each((text) => mixed(linesOf(text)).join('\n')),
    bare: each((text) =>
      linesOf(text)
        .filter((line) => !line.includes('"kind":"dataset"'))
        .join('\n'),
    ),
  },
  cvat: { shuffled: mixedBoxes, bare: xmlWithout },
  'label-studio': {
    shuffled: mixedLists('sequence', 'result'),
    bare: json((value, key) => {
      const optional = [
        'rotation',
        'time',
        'framesCount',
        'duration',
        'origin',
        'completed_by',
        'created_at',
        'predictions',
      ]
      const more = ['original_width', 'original_height', 'lead_time', 'ground_truth', 'was_cancelled', 'to_name']
      return optional.includes(key) || more.includes(key) || (key === 'enabled' && value === true) ? undefined : value
    }),
  },
  via3: {
    shuffled: mixedLists('metadata'),
    bare: without(
      'pid',
      'rev',
      'rev_timestamp',
      'pname',
      'creator',
      'created',
      'config',
      'desc',
      'options',
      'flg',
      'src',
      'loc',
    ),
  },
  'via3-csv': {
    shuffled: mixedRows,
    bare: each((text) =>
      linesOf(text)
        .filter((line) => !isHead(line) || /CSV_HEADER|ATTRIBUTE/.test(line))
        .join('\n'),
    ),
  },
  mot: { shuffled: mixedRows, bare: each((text, path) => (path.endsWith('.ini') ? null : text)) },
  'coco-video': {
    shuffled: mixedLists('images', 'annotations', 'categories', 'tracks'),
    bare: without(...cocoOptional, 'instance_id', 'frame_index', 'file_name', 'keyframe'),
  },
  viame: {
    shuffled: mixedRows,
    bare: each((text) =>
      linesOf(text)
        .filter((line) => !isHead(line))
        .join('\n'),
    ),
  },
  dive: {
    shuffled: mixedLists('features'),
    bare: without('fps', 'groups', 'meta', 'begin', 'end', 'id', 'keyframe'),
  },
  datumaro: {
    shuffled: mixedLists('items', 'annotations'),
    bare: json((value, key) => {
      const optional = ['info', 'label_groups', 'parent', 'group', 'z_order', 'image', 'attr', 'keyframe']
      return optional.includes(key) || (key === 'id' && typeof value === 'number') ? undefined : value
    }),
  },
  ava: {
    shuffled: mixedRows,
    bare: each((text) =>
      linesOf(text)
        .map((line) => line.replace(/,\d+$/, ''))
        .join('\n'),
    ),
  },
}
