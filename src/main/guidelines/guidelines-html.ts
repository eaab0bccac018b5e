import { dataUrl } from '@main/files/data-url'
import MarkdownIt from 'markdown-it'
import sanitizeHtml from 'sanitize-html'

/** A picture that was added to guidelines. */
interface Picture {
  id: string
  type: string
  bytes: Uint8Array
}

/** Where the text refers to a picture that was added to it. */
const reference = /^picture:([\w-]+)$/

const texts = [
  ...['h1', 'h2', 'h3', 'h4', 'p', 'br', 'hr', 'ul', 'ol', 'li', 'blockquote', 'code', 'pre', 'em', 'strong', 's'],
  ...['a', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
] as const

/** What guidelines may hold: text and its structure, tables, links and pictures. */
const allowed: sanitizeHtml.IOptions = {
  allowedTags: [...texts, 'img'],
  allowedAttributes: { a: ['href', 'rel', 'target'], img: ['src', 'alt', 'title'], th: ['align'], td: ['align'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  // Only pictures that were added: whoever reads guidelines asks no other site for anything.
  allowedSchemesByTag: { img: ['data'] },
  allowProtocolRelative: false,
  transformTags: { a: sanitizeHtml.simpleTransform('a', { rel: 'noopener noreferrer', target: '_blank' }) },
}

/**
 * Guidelines as HTML that is safe to show: no scripts, styles, frames, forms or events, and no pictures but those that
 * were added, which stand in it whole.
 */
export function guidelinesHtml(markdown: string, pictures: readonly Picture[]): string {
  const sources = new Map(pictures.map(({ id, type, bytes }) => [id, dataUrl(bytes, type)]))
  const text = new MarkdownIt({ html: false, linkify: true })
  text.validateLink = () => true
  const rendered = text.render(markdown)
  return sanitizeHtml(rendered, {
    ...allowed,
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !attribs.src,
    transformTags: {
      ...allowed.transformTags,
      img: (tagName, { src = '', alt = '', title }) => {
        const source = sources.get(reference.exec(src)?.[1] ?? '')
        return { tagName, attribs: { ...(source && { src: source }), alt, ...(title && { title }) } }
      },
    },
  })
}

/** The same without its pictures. */
export function withoutPictures(html: string): string {
  return sanitizeHtml(html, { ...allowed, allowedTags: [...texts] })
}

/** What kind of picture these bytes are, or null where they are none that a browser shows. */
export function pictureType(bytes: Uint8Array): string | null {
  const begins = (...start: number[]) => start.every((byte, i) => bytes[i] === byte)
  if (begins(0x89, 0x50, 0x4e, 0x47)) return 'image/png'
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (begins(0x47, 0x49, 0x46, 0x38)) return 'image/gif'
  const text = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1')
  return text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP' ? 'image/webp' : null
}
