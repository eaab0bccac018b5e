import { SaxesParser } from 'saxes'
import { Failure } from '@shared/failures'
import { type Source, textOf } from '@main/interchange/source/source'
import type { Encoding } from '@main/interchange/source/text'

/** An element that has been read to its end. */
export interface XmlElement {
  name: string
  attributes: Readonly<Record<string, string>>
  /** Text right inside it, trimmed. */
  text: string
  children: readonly XmlElement[]
}

type Building = XmlElement & { children: XmlElement[] }

/** Longer nesting, or texts, are no annotations. */
const deepest = 64
const longestText = 1 << 20

/**
 * Elements of an XML file as they end, outermost names first to match: `annotations/track` gives each track whole.
 * Entities other than XML's own five, and document types, are refused: nothing outside the file is ever read.
 * Throws Failure BAD_SETTING where the file is no XML, saying the line.
 */
export async function* xmlElements(
  source: Source,
  paths: readonly string[],
  encoding: Encoding = 'auto',
): AsyncGenerator<{ path: string; element: XmlElement; line: number }> {
  const wanted = new Set(paths)
  const found: { path: string; element: XmlElement; line: number }[] = []
  const open: Building[] = []
  const names: string[] = []
  const parser = new SaxesParser({ fragment: false })
  parser.on('doctype', () => {
    throw new Error('it declares a document type; remove the line that begins with <!DOCTYPE')
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (names.push(local(name)) > deepest) throw new Error('it is nested too deeply')
    const inside = open.length > 0 || wanted.has(names.join('/'))
    if (inside)
      open.push({ name: local(name), attributes: { ...attributes } as Record<string, string>, text: '', children: [] })
  })
  parser.on('text', (text) => {
    const here = open.at(-1)
    if (!here) return
    here.text += text
    if (here.text.length > longestText) throw new Error('a text in it is longer than a megabyte')
  })
  parser.on('closetag', () => {
    const path = names.join('/')
    names.pop()
    const element = open.pop()
    if (!element) return
    element.text = element.text.trim()
    const parent = open.at(-1)
    if (parent) parent.children.push(element)
    else found.push({ path, element, line: parser.line })
  })
  try {
    for await (const text of textOf(source, encoding)) {
      parser.write(text)
      yield* found.splice(0)
    }
    parser.close()
    yield* found.splice(0)
  } catch (error) {
    if (error instanceof Failure) throw error
    const reason = `${source.name} is no whole XML file (${error instanceof Error ? error.message : String(error)})`
    throw new Failure('BAD_SETTING', { setting: 'file', reason }, { cause: error })
  }
}

/** Children of a name. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name)
}

/** Text of the element that a path of names leads to; '' where there is none. */
export function textAt(element: XmlElement, path: string): string {
  const found = path
    .split('/')
    .reduce<XmlElement | undefined>((at, name) => at?.children.find((c) => c.name === name), element)
  return found?.text ?? ''
}

/** A text as XML takes it; characters that XML cannot hold are left out. */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"'\n\r\t]/g, (sign) => escapes[sign] ?? `&#${sign.charCodeAt(0)};`)
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
