import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { kindOfHead, sha256Of } from '@main/media/decode/contract/guard'
import { temporaryFolder } from '../../../../../support/media'

test.each([
  ['\x89PNG\r\n\x1a\n', { kind: 'picture', format: 'PNG' }],
  ['\xff\xd8\xff\xe0', { kind: 'picture', format: 'JPEG' }],
  ['RIFF\x10\0\0\0WEBPVP8 ', { kind: 'picture', format: 'WebP' }],
  ['\0\0\0\x18ftypheic', { kind: 'picture', format: 'HEIC' }],
  ['GIF89a', { kind: 'gif' }],
  ['RIFF\x10\0\0\0AVI LIST', { kind: 'video' }],
  ['\0\0\0\x18ftypmp42', { kind: 'video' }],
  ['', { kind: 'video' }],
])('the first bytes tell, not the name: %j', (head, kind) => {
  expect(kindOfHead(Buffer.from(head, 'latin1'))).toEqual(kind)
})

test('a .seq film is known by its name inside the header', () => {
  const head = Buffer.concat([Buffer.from([0xed, 0xfe, 0, 0]), Buffer.from('Norpix seq', 'utf16le'), Buffer.alloc(40)])
  expect(kindOfHead(head)).toEqual({ kind: 'seq' })
})

test('the identity of a file is the SHA-256 of its bytes', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'abc')
  writeFileSync(path, 'abc')
  expect(await sha256Of(path)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  await expect(sha256Of(join(folder.path, 'nothing'))).rejects.toThrow('cannot be read to its end')
})
