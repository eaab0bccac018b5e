import { batchNormEpsilon, type C3dResnet } from './c3d-resnet'

interface Weight {
  shape: readonly number[]
  values: Float32Array
}

/** The weights of a network by name. */
export function weightReader(model: C3dResnet): (name: string) => Weight {
  const known = new Map(model.variables().map(({ name, variable }) => [name, variable]))
  return (name) => {
    const found = known.get(name)
    if (!found) throw new RangeError(`the network has no parameter ${name}`)
    return { shape: found.shape, values: found.dataSync<'float32'>().slice() }
  }
}

/** A convolution with its batch norm folded in: kernel [3, 3, 3, in, out] and a bias per output. */
export function foldedUnit(model: C3dResnet, layer: string): { kernel: Weight; bias: Float32Array } {
  const read = weightReader(model)
  const of = (name: string) => read(`${layer}.${name}`).values
  const [gamma, beta, mean, variance] = [of('gamma'), of('beta'), of('mean'), of('variance')]
  const factor = gamma.map((value, c) => value / Math.sqrt((variance[c] ?? 1) + batchNormEpsilon))
  const { shape, values } = read(`${layer}.kernel`)
  return {
    kernel: { shape, values: values.map((value, i) => value * (factor[i % factor.length] ?? 1)) },
    bias: beta.map((value, c) => value - (mean[c] ?? 0) * (factor[c] ?? 1)),
  }
}
