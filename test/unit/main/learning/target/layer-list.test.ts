import { expect, test } from 'vitest'
import { layerList, multiplyAdds, tapGeometry, trainingBytes } from '@main/learning/target/layer-list'
import { ClassifierConfig, classifierPresets } from '@shared/config/classifier'

const tour = ClassifierConfig.parse(classifierPresets.Tour.settings)
const paper = ClassifierConfig.parse({})

test('the network has nine convolutions and pools where the settings say', () => {
  const layers = layerList(tour)
  expect(layers.filter(({ kind }) => kind === 'conv')).toHaveLength(9)
  expect(layers.map(({ name }) => name).filter((name) => name.endsWith('pool'))).toEqual([
    'stem.pool',
    'block1.pool',
    'block2.pool',
  ])
})

test('on the tour a cell is 8 pixels and the taps see 98 and 82 of them', () => {
  const [last, inner] = ['block4.conv2', 'block4.conv1'].map((name) => tapGeometry(layerList(tour), name, 64))
  expect(last).toMatchObject({ rows: 8, cols: 8, strideX: 8, offsetX: 0, channels: 32 })
  expect(last?.receptiveField).toEqual({ space: 98, time: 19 })
  expect(inner?.receptiveField.space).toBe(82)
})

test('at the size of the paper the grid is 14 x 14, and one more pooling makes it 7 x 7', () => {
  expect(tapGeometry(layerList(paper), 'block4.conv2', 112)).toMatchObject({
    rows: 14,
    cols: 14,
    strideX: 8,
    channels: 512,
  })
  const deeper = layerList({ ...paper, poolAfter: ['stem', 'block1', 'block2', 'block3'] })
  expect(tapGeometry(deeper, 'block4.conv2', 112)).toMatchObject({ rows: 7, strideX: 16 })
})

test('a layer that is no convolution cannot be a tap', () => {
  expect(() => tapGeometry(layerList(tour), 'stem.pool', 64)).toThrow(/no convolution called stem.pool/)
})

test('multiply-adds are those of the convolutions, counted by hand', () => {
  const layers = layerList({ stem: 2, widths: [2, 2, 4, 4], poolAfter: ['stem'] })
  const cells = 2 * 4 * 4
  const blocks = 27 * cells * (2 * 2 + 2 * 2 + 2 * 2 + 2 * 2 + 2 * 4 + 4 * 4 + 4 * 4 + 4 * 4)
  expect(multiplyAdds(layers, { size: 8, frames: 2 })).toBe(27 * 3 * 2 * 2 * 64 + blocks)
})

test('a training clip of the paper takes two thirds of a gigabyte on the native engine', () => {
  const bytes = trainingBytes(layerList(paper), paper, { fused: true })
  expect(bytes / 1e9).toBeGreaterThan(0.6)
  expect(bytes / 1e9).toBeLessThan(0.75)
  expect(trainingBytes(layerList(paper), paper, { fused: false })).toBeGreaterThan(2 * bytes)
})
