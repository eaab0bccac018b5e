import { expect, test } from 'vitest'
import { guidelinesHtml, pictureType } from '@main/guidelines/guidelines-html'

const picture = { id: 'p1', type: 'image/png', bytes: Buffer.from([1, 2, 3]) }

test('text, tables and links come out as they were meant', () => {
  const html = guidelinesHtml('## Knees\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nsee [this](https://example.org/x)', [])
  expect(html).toContain('<h2>Knees</h2>')
  expect(html).toContain('<td>1</td>')
  expect(html).toContain('<a href="https://example.org/x" rel="noopener noreferrer" target="_blank">this</a>')
})

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '<iframe src="https://example.org"></iframe>',
  '![x](https://example.org/pixel.gif)',
  '![x](file:///etc/passwd)',
  '![x](data:image/svg+xml,<svg onload=alert(1)>)',
  '![x](picture:nobody)',
  '<a href="//example.org" onclick="x()">y</a>',
  '<style>body{display:none}</style>',
  '<form action="/api/projects"><input name=a></form>',
])('nothing that acts, asks elsewhere, or dresses up comes through: %s', (markdown) => {
  const html = guidelinesHtml(markdown, [picture])
  const page = html.replace(/&lt;[^]*?&gt;/g, '')
  expect(page).not.toMatch(
    /<(script|iframe|style|form|input|img)|\son\w+=|href="(javascript|data|\/\/|file)|src="(?!data:image\/png)/i,
  )
})

test('a picture that was added stands in the page whole', () => {
  expect(guidelinesHtml('![a knee](picture:p1)', [picture])).toContain(
    '<img src="data:image/png;base64,AQID" alt="a knee" />',
  )
})

test('what is a picture is seen by its first bytes', () => {
  const webp = Buffer.concat([Buffer.from('RIFF'), Buffer.from([0, 0, 0, 0]), Buffer.from('WEBP')])
  expect(
    [[0xff, 0xd8, 0xff, 0xe0], [...webp], [0x47, 0x49, 0x46, 0x38], [0x3c]].map((b) => pictureType(Uint8Array.from(b))),
  ).toEqual(['image/jpeg', 'image/webp', 'image/gif', null])
})
