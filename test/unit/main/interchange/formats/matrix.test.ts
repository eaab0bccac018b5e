import { describe, expect, test } from 'vitest'
import { strToU8, zipSync } from 'fflate'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readNumpy } from '@main/interchange/kit/npy'
import { openSource } from '@main/interchange/source/open-source'
import type { Source } from '@main/interchange/source/source'
import { aSource, partsOf } from '../../../../support/interchange'
import { temporaryFolder } from '../../../../support/project'
import { hasSharedData, sharedData, whenShared } from '../../../../support/shared-data'

const priors = async (source: Source, options = {}) => {
  const { parts, notes } = await partsOf('matrix', source, options)
  const said = parts.flatMap((part) => (part.kind === 'prior' ? [part.prior] : []))
  return { said: said.map(({ class: of, attribute, value }) => [of, attribute, value]), notes, parts }
}

describe('a table of classes and attributes', () => {
  const wanted = [
    ['Jump', 'pole', 'present'],
    ['Jump', 'water', 'absent'],
    ['Run', 'water', 'absent'],
  ]

  test('is read from CSV, three shapes of JSON, and says nothing where a cell is empty', async () => {
    expect((await priors(aSource('m.csv', 'class;pole;water\r\nJump;1;0\r\nRun;;0\r\n'))).said).toEqual(wanted)
    const shapes = [
      {
        classes: ['Jump', 'Run'],
        attributes: ['pole', 'water'],
        matrix: [
          [1, 0],
          [null, 0],
        ],
      },
      { Jump: { pole: true, water: 0 }, Run: { water: false } },
    ]
    for (const shape of shapes) expect((await priors(aSource('m.json', JSON.stringify(shape)))).said).toEqual(wanted)
    expect((await priors(aSource('m.json', '{"Jump":["pole"],"Run":[]}'))).said).toEqual([['Jump', 'pole', 'present']])
    const onlyOnes = await priors(aSource('m.csv', 'class,pole,water\nJump,1,0'), { zeros: 'nothing' })
    expect(onlyOnes.said).toEqual([['Jump', 'pole', 'present']])
  })

  test('of videos is answers, not priors; a row of another length is reported', async () => {
    const { parts, notes } = await priors(aSource('m.csv', 'video,pole,water\nclip,1,0\nclap,1\n'))
    expect(parts.filter(({ kind }) => kind === 'video')).toMatchObject([
      { line: 2, video: { name: 'clip', answers: [{ attribute: 'pole' }, { attribute: 'water', value: 'absent' }] } },
    ])
    expect(notes).toMatchObject([{ line: 3, reason: 'clap: 1 values for 2 attributes' }])
  })

  test('that is none is refused', async () => {
    await expect(priors(aSource('m.json', '{"a": 1}'))).rejects.toMatchObject({ code: 'BAD_SETTING' })
    await expect(priors(aSource('m.json', '{"a": '))).rejects.toMatchObject({ code: 'BAD_SETTING' })
  })
})

describe('an array of NumPy', () => {
  const npy = (header: string, data: Buffer) => {
    const size = Buffer.alloc(2)
    size.writeUInt16LE(header.length)
    return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), size, Buffer.from(header), data])
  }

  test('is read row by row whichever order it was stored in', () => {
    const header = (order: string) => `{'descr': '|u1', 'fortran_order': ${order}, 'shape': (2, 3), }\n`
    expect(readNumpy('a', npy(header('True'), Buffer.from([1, 4, 2, 5, 3, 6]))).values).toEqual([1, 2, 3, 4, 5, 6])
    expect(readNumpy('a', npy(header('False'), Buffer.from([1, 2, 3, 4, 5, 6]))).values).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('of objects is never opened, and one that ends early is refused', () => {
    expect(() =>
      readNumpy('a', npy(`{'descr': '|O', 'fortran_order': False, 'shape': (1,), }`, Buffer.alloc(9))),
    ).toThrow(expect.objectContaining({ data: { setting: 'file', reason: expect.stringContaining('objects') } }))
    expect(() =>
      readNumpy('a', npy(`{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }`, Buffer.alloc(8))),
    ).toThrow(expect.objectContaining({ code: 'BAD_SETTING' }))
  })

  test('without the names that belong to it is no table', async () => {
    const home = temporaryFolder()
    try {
      writeFileSync(join(home.path, 'a.npz'), zipSync({ 'x.txt': strToU8('no') }))
      const source = await openSource(join(home.path, 'a.npz'))
      await expect(priors(source)).rejects.toMatchObject({ code: 'BAD_SETTING' })
      source.close()
    } finally {
      home.remove()
    }
  })
})

test.skipIf(!hasSharedData)(
  `the published table of Olympic Sports is 16 by 40, the same from npz and text${whenShared}`,
  async () => {
    const read = async (name: string) => {
      const source = await openSource(sharedData('annotations/olympic_sports', name))
      const { said } = await priors(source)
      source.close()
      return said
    }
    const [npz, text] = [await read('attributes.npz'), await read('Olympic_Attributes.txt')]
    for (const said of [npz, text]) {
      expect(said).toHaveLength(640)
      expect(new Set(said.map(([of]) => of)).size).toBe(16)
      const present = said.filter(([of, , value]) => of === 'clean_and_jerk' && value === 'present')
      expect(present.map(([, word]) => word!.toLowerCase())).toHaveLength(6)
    }
    expect(npz.map(([of, , value]) => [of, value])).toEqual(text.map(([of, , value]) => [of, value]))
  },
)
