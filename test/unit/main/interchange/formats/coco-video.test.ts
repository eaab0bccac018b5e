import { expect, test } from 'vitest'
import { aSource, partsOf } from '../../../../support/interchange'

const annotation = { id: 1, image_id: 7, category_id: 3, bbox: [1, 2, 3, 4] }
const file = {
  videos: [{ id: 1, name: 'clip.mp4' }],
  images: [{ id: 7, video_id: 1, frame_id: 5 }],
  categories: [{ id: 3, name: 'ball' }],
  annotations: [annotation],
}

async function read(content: object) {
  const { parts, notes } = await partsOf('coco-video', aSource('all.json', JSON.stringify(content)))
  return {
    videos: parts.flatMap((part) => (part.kind === 'video' ? part.video : [])),
    reasons: notes.map((n) => n.reason),
  }
}

test('lists are read in whichever order they stand', async () => {
  const turned = Object.fromEntries(Object.entries(file).reverse())
  for (const content of [file, turned]) {
    const { videos, reasons } = await read(content)
    expect(reasons).toEqual([])
    expect(videos.flatMap(({ name, tracks }) => tracks.map((one) => [name, one.attribute]))).toEqual([
      ['clip.mp4', 'ball'],
    ])
  }
})

test('a row that cannot be read is left out: its list, its place and the field that is wrong are named', async () => {
  const categories = [...file.categories, { id: 4 }]
  const { videos, reasons } = await read({
    ...file,
    categories,
    annotations: [{ ...annotation, bbox: [1, 2] }, annotation],
  })
  expect(reasons).toEqual([
    'categories 2: name: expected string, received undefined',
    expect.stringMatching(/^annotations 1: bbox/),
  ])
  expect(videos.flatMap(({ tracks }) => tracks)).toHaveLength(1)
})
