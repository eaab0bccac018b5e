import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSource } from '@main/interchange/source/open-source'
import { bytesOf, linesOf, sampleOf, wholeText } from '@main/interchange/source/source'
import { cpuMs } from '../../../../support/cpu-time'
import { aSource } from '../../../../support/interchange'
import { temporaryFolder } from '../../../../support/project'

async function lines(content: string | Uint8Array, piece?: number): Promise<[number, string][]> {
  const all: [number, string][] = []
  for await (const { line, text } of linesOf(aSource('list.txt', content, piece))) all.push([line, text])
  return all
}

describe('a text', () => {
  test('is read in lines of any end, in any pieces, and any Unicode encoding', async () => {
    const wanted = [
      [1, 'Kür'],
      [2, ''],
      [3, '测试 1'],
    ]
    const text = 'Kür\r\n\r\n测试 1\r\n'
    for (const piece of [1, 2, 3, 100]) {
      expect(await lines(text, piece)).toEqual(wanted)
      expect(await lines(`\ufeff${text}`, piece)).toEqual(wanted)
      expect(await lines(text.replaceAll('\r', ''), piece)).toEqual(wanted)
      expect(await lines(text.replaceAll('\n', ''), piece)).toEqual(wanted)
    }
    const le = Buffer.from(`\ufeff${text}`, 'utf16le')
    expect(await lines(le)).toEqual(wanted)
    expect(await lines(Buffer.from(le).swap16())).toEqual(wanted)
    expect(await lines(Buffer.from('plain\n', 'utf16le'))).toEqual([[1, 'plain']])
  })

  test('of one long line is read by work that grows with its length', async () => {
    const started = cpuMs()
    expect((await lines('x'.repeat(20_000_000), 1_024))[0]?.[1]).toHaveLength(20_000_000)
    expect(cpuMs() - started).toBeLessThan(10_000)
  })

  test('in another code page is refused with what to do, and read when it is named', async () => {
    const korean = Buffer.from([0xb0, 0xa1])
    await expect(wholeText(aSource('a.csv', korean))).rejects.toMatchObject({
      data: { setting: 'encoding', reason: expect.stringContaining('save it as UTF-8') },
    })
    expect(await wholeText(aSource('a.csv', korean), 'euc-kr')).toBe('가')
    await expect(wholeText(aSource('a.csv', 'a'), 'klingon')).rejects.toMatchObject({ code: 'BAD_SETTING' })
    await expect(wholeText(aSource('a.csv', new Uint8Array([1, 0, 0, 0, 2])))).rejects.toMatchObject({
      data: { reason: 'a.csv is not a text file' },
    })
  })
})

describe('a file, a folder and a zip', () => {
  let home: ReturnType<typeof temporaryFolder>
  beforeEach(() => (home = temporaryFolder()))
  afterEach(() => home.remove())

  test('are opened alike', async () => {
    const files = { 'gt/gt.txt': '1,1', 'gt/labels.txt': 'person' }
    mkdirSync(join(home.path, 'seq/gt'), { recursive: true })
    for (const [path, text] of Object.entries(files)) writeFileSync(join(home.path, 'seq', path), text)
    const zip = zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])))
    writeFileSync(join(home.path, 'seq.zip'), zip)
    for (const path of ['seq', 'seq.zip']) {
      const source = await openSource(join(home.path, path))
      expect(await sampleOf(source)).toMatchObject({ name: path, isFolder: true, files: Object.keys(files) })
      expect(String(await bytesOf(source.open('gt/labels.txt')))).toBe('person')
      expect(() => source.open('gt/none.txt')).toThrow(expect.objectContaining({ code: 'PATH_NOT_FOUND' }))
      source.close()
    }
    const file = await openSource(join(home.path, 'seq/gt/gt.txt'))
    expect(await sampleOf(file)).toMatchObject({ name: 'gt.txt', isFolder: false, text: '1,1' })
  })

  test('that are not there, broken, or made to fill a disk are refused', async () => {
    await expect(openSource(join(home.path, 'none'))).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' })
    const bomb = zipSync({ 'a.xml': new Uint8Array(80 * 1024 ** 2) }, { level: 9 })
    writeFileSync(join(home.path, 'bomb.zip'), bomb)
    await expect(openSource(join(home.path, 'bomb.zip'))).rejects.toMatchObject({
      data: { reason: expect.stringContaining('would unpack to 83886080') },
    })
    writeFileSync(join(home.path, 'cut.zip'), bomb.subarray(0, 100))
    await expect(openSource(join(home.path, 'cut.zip'))).rejects.toMatchObject({ code: 'BAD_SETTING' })
  })
})
