export { type BackendName, type Engine, openEngine, type OpenEngineOptions } from './open-engine'
export { ensureEngine, type EngineInstallation, type EnsureEngineOptions } from './install/ensure-engine'
export { batchNormFrozen, type BatchNormOutput, batchNormTraining } from './ops/batch-norm'
export { maxPoolSpace } from './ops/max-pool-space'
