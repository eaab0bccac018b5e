import { describe, expect, test } from 'vitest'
import { aSource, partsOf } from '../../../../support/interchange'

const read = async (text: string | Uint8Array) => {
  const { parts, notes, rows } = await partsOf('labels', aSource('labels.csv', text))
  const said = parts.map((part) => {
    if (part.kind === 'prior') return [part.line, part.prior]
    return part.kind === 'video' ? [part.line, part.video.name, part.video.answers[0]] : [part]
  })
  return { said, notes, rows }
}

describe('a table of answers', () => {
  test('is read with any line ends, marks, encodings and separators, and names with commas and quotes', async () => {
    const said = [
      [2, "o'brien & co, take 2", expect.objectContaining({ attribute: 'pole', value: 'present' })],
      [4, { class: 'Kickflip', attribute: 'board flips', value: 'absent' }],
    ]
    const comma =
      '\ufeffVideo,class,Attribute,value\r\n"o\'brien & co, take 2",,pole,1\r\n,,,\r\n,Kickflip,board flips,absent\r\n'
    const tabs = "video\tclass\tattribute\tvalue\no'brien & co, take 2\t\tpole\tpresent\n\n\tKickflip\tboard flips\t0\n"
    expect((await read(comma)).said).toEqual(said)
    expect((await read(tabs)).said).toEqual(said)
    expect((await read(Buffer.from(comma, 'utf16le'))).said).toEqual(said)
    expect((await read(comma.replaceAll(',', ';').replace('co; take', 'co, take'))).said).toEqual(said)
  })

  test('means present where it has no column for the value', async () => {
    expect((await read('class,attribute\nOllie,pop')).said).toEqual([
      [2, { class: 'Ollie', attribute: 'pop', value: 'present' }],
    ])
  })

  test('names person and time', async () => {
    const text = 'video,attribute,value,person,time\nclip,pole,no,Ann,2026-03-01T10:00:00Z'
    expect((await read(text)).said).toMatchObject([
      [2, 'clip', { value: 'absent', person: 'Ann', at: Date.UTC(2026, 2, 1, 10) }],
    ])
  })

  test('skips rows that make no sense, with their lines, and takes the others', async () => {
    const text = 'video,attribute,value\nclip,pole,1\nclip,ball,maybe\n,pole,1\nclip,,1\nclip,"two\nlines",1\nx,y,0'
    const { said, notes, rows } = await read(text)
    expect(rows).toBe(6)
    expect(said.map(([line]) => line)).toEqual([2, 6, 8])
    expect(notes).toEqual([
      { kind: 'skipped', line: 3, reason: '"maybe" is not one of present, absent, unsure, 1, 0' },
      { kind: 'skipped', line: 4, reason: 'neither a video nor a class is named' },
      { kind: 'skipped', line: 5, reason: 'the attribute is missing' },
    ])
  })

  test('without the columns it needs is refused with those it has', async () => {
    await expect(read('第一列,attribute\nclip,pole')).rejects.toMatchObject({
      data: { reason: expect.stringContaining('it names: 第一列, attribute') },
    })
    await expect(read('')).rejects.toMatchObject({ data: { reason: expect.stringContaining('it names: none') } })
  })
})
