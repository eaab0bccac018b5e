import { expect, test } from 'vitest'
import { allFormats } from '@main/interchange/formats'
import { FormatRegistry } from '@main/interchange/registry'
import { type Source, bytesOf } from '@main/interchange/source/source'
import { knottyVideo } from '../../../support/foreign-readers'
import { knownVideo, readAll } from '../../../support/memory-source'
import { soundFiles } from '../../../support/sound-files'

const files = await soundFiles()
const registry = new FormatRegistry(allFormats)
const videos = [knownVideo(knottyVideo('clip'))]
const isBinary = (name: string) => name.startsWith('ucf24')

/** The same files, their bytes put otherwise. */
function changed(source: Source, change: (bytes: Buffer) => Buffer): Source {
  return {
    ...source,
    open: (path) => changed(source.open(path), change),
    stream: async function* () {
      const bytes = change(await bytesOf(source))
      for (let at = 0; at < bytes.length; at += 1013) yield bytes.subarray(at, at + 1013)
    },
  }
}

const windows = (text: string) => text.replace(/\r?\n/g, '\r\n')
const mark = '\ufeff'
const forms: Readonly<Record<string, (text: string) => Buffer>> = {
  'a byte-order mark': (text) => Buffer.from(mark + text),
  'line ends of Windows': (text) => Buffer.from(windows(text)),
  'line ends of an old Mac': (text) => Buffer.from(text.replace(/\r?\n/g, '\r')),
  'a mark and line ends of Windows': (text) => Buffer.from(mark + windows(text)),
  'UTF-16 with its mark': (text) => Buffer.from(mark + windows(text), 'utf16le'),
}

const texts = [...files.keys()].filter((name) => !isBinary(name))

test.each(texts.flatMap((name) => Object.keys(forms).map((form) => [name, form] as const)))(
  'a file of the format %s reads alike with %s, and is known by its look',
  async (name, form) => {
    const [format = ''] = name.split(' ')
    const reader = registry.get(format)
    const plain = files.get(name)!
    const encoding = form.startsWith('UTF-16') ? 'utf-16' : 'utf-8'
    const other = changed(plain, (bytes) => {
      const text = bytes.toString().replace(/^\ufeff/, '')
      return forms[form]!(
        reader.extensions.includes('.xml') ? text.replace('encoding="utf-8"', `encoding="${encoding}"`) : text,
      )
    })
    const [a, b] = [await readAll(reader, plain, { videos }), await readAll(reader, other, { videos })]
    // A line end within a quoted cell is one of its letters.
    const said = ({ parts, rows, notes }: typeof a) =>
      JSON.stringify([parts, rows, notes]).replace(/\\r\\n|\\r/g, '\\n')
    expect(said(b)).toBe(said(a))
    expect((await registry.candidates(other))[0]?.format.name).toBe(format)
  },
)
