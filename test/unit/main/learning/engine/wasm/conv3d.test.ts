import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import {
  conv3d,
  type Conv3dGeometry,
  conv3dFilterGradient,
  conv3dInputGradient,
  type Padding,
} from '@main/learning/engine/wasm/conv3d'
import { openEngine } from '@main/learning/engine/open-engine'

beforeAll(() => openEngine({ backend: 'cpu' }))

/** Any small 3-D convolution of stride 1, with 'same' padding. */
const convolution = fc.record({
  batch: fc.integer({ min: 1, max: 2 }),
  clip: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
  size: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  ci: fc.integer({ min: 1, max: 3 }),
  co: fc.integer({ min: 1, max: 3 }),
  seed: fc.integer({ min: 1, max: 1000 }),
})

type Convolution = typeof convolution extends fc.Arbitrary<infer T> ? T : never

function parts({ batch, clip, size, ci, co, seed }: Convolution) {
  const x = tf.randomNormal<tf.Rank.R5>([batch, ...clip, ci], 0, 1, 'float32', seed)
  const filter = tf.randomNormal<tf.Rank.R5>([...size, ci, co], 0, 1, 'float32', seed + 1)
  const dy = tf.randomNormal<tf.Rank.R5>([batch, ...clip, co], 0, 1, 'float32', seed + 2)
  const pad = size.map((n) => [Math.floor((n - 1) / 2), Math.ceil((n - 1) / 2)] as Padding)
  const geometry: Conv3dGeometry = { size, pad: pad as unknown as Conv3dGeometry['pad'] }
  return { x, filter, dy, geometry }
}

/** The convolution of tfjs-core, which has its own plain kernels on this backend. */
const reference = (x: tf.Tensor5D, filter: tf.Tensor5D) => tf.conv3d(x, filter, 1, 'same')

function farApart(a: tf.Tensor, b: tf.Tensor): number {
  expect(a.shape).toEqual(b.shape)
  return tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!
}

function holds(difference: (convolution: Convolution) => number) {
  fc.assert(
    fc.property(convolution, (drawn) => tf.tidy(() => difference(drawn)) < 1e-4),
    { numRuns: 60 },
  )
}

test('2-D convolutions over time taps add up to the 3-D convolution', () => {
  holds((drawn) => {
    const { x, filter, geometry } = parts(drawn)
    return farApart(conv3d(x, filter, geometry), reference(x, filter))
  })
})

test('the gradient by the input is that of the 3-D convolution', () => {
  holds((drawn) => {
    const { x, filter, dy, geometry } = parts(drawn)
    const wanted = tf.grad((input: tf.Tensor) => reference(input as tf.Tensor5D, filter))(x, dy)
    return farApart(conv3dInputGradient(dy, filter, geometry), wanted)
  })
})

test('the gradient by the filter is that of the 3-D convolution', () => {
  holds((drawn) => {
    const { x, filter, dy, geometry } = parts(drawn)
    const wanted = tf.grad((f: tf.Tensor) => reference(x, f as tf.Tensor5D))(filter, dy)
    return farApart(conv3dFilterGradient(x, dy, geometry), wanted)
  })
})
