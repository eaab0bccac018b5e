export { openEngine } from './open-engine'
export { ensureEngine } from './install/ensure-engine'
export { batchNormFrozen, batchNormTraining, fusedBatchNorm, fusedBatchNormGradient } from './ops/batch-norm'
export { maxPoolSpace } from './ops/max-pool-space'
