import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encodeClip, picturesIn } from '@main/media/files/encode-clip'
import { openDecoder } from '@main/media/decode/open-decoder'
import type { RealSet } from '@main/studies/real/real-set'
import { realHeadline, realRows } from '@main/studies/real/real-study'
import { movingPixels } from '../../bench/support/films'
import { builtHost, removeHost } from '../support/built-host'
import { tempFolder, useCachedEngine } from '../support/studio'

const size = { width: 64, height: 48 }
const set: RealSet = {
  folder: 'clips',
  labels: ['answers.csv'],
  classifier: { size: 32, frames: 4, stem: 4, widths: [4, 4, 4, 4], batch: 4, epochs: 1, flip: false },
  folds: 3,
}

/** Twelve clips of three classes and six places, each with what it shows. */
async function layClips(folder: string): Promise<void> {
  mkdirSync(join(folder, 'clips'), { recursive: true })
  const decoder = await openDecoder('auto')
  const lines = ['video,class,group,attribute,value']
  for (let i = 0; i < 12; i++) {
    const pictures = picturesIn(movingPixels(6, size.width, size.height, i), size.width, size.height)
    await encodeClip(decoder, pictures, {
      file: join(folder, 'clips', `clip${i}.mp4`),
      ...size,
      fps: 25,
      lossless: false,
    })
    const about = `clip${i},class ${i % 3},place ${Math.floor(i / 2)}`
    lines.push(`${about},word ${i % 3},present`, `${about},in sun,${i % 2 ? 'present' : 'absent'}`)
  }
  writeFileSync(join(folder, 'answers.csv'), `${lines.join('\n')}\n`)
}

test('a set of real clips is imported, learned from and asked about, once; the next seed tests other places', async () => {
  await useCachedEngine()
  using folder = tempFolder()
  await layClips(folder.path)
  const host = await builtHost()
  try {
    const places = { videos: folder.path, labels: folder.path, host, project: join(folder.path, 'project') }
    const rows = await realRows(set, places, 0)
    expect(rows.about).toMatchObject({ trainClips: 8, testClips: 4, classes: 3, attributes: 4 })
    expect(rows.method).toMatchObject({ questions: 4 })
    expect(Object.keys(rows)).toEqual(expect.arrayContaining(['randomTube', 'centreCrop', 'gradCamDifference']))
    expect(rows['named in this clip']).toMatchObject({ clips: 4, answers: 4 })
    expect(rows['presence of what varies']?.questions).toBe(4)
    expect(realHeadline(set, [rows])).toMatchObject({ clips: { train: 8, test: 4 }, named: { clips: 4 } })
    expect(await realRows(set, places, 0)).toEqual(rows)
    expect((await realRows(set, places, 1)).about).toMatchObject({ trainClips: 8, testClips: 4 })
  } finally {
    removeHost(host)
  }
})
