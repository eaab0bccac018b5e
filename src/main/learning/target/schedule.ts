export interface ScheduleSettings {
  learningRate: number
  /** Share of all steps in which the rate rises linearly from 0. */
  warmup: number
  schedule: 'constant' | 'cosine' | 'step'
}

/** Learning rate of step `step` (from 0) of `steps`. `step` falls tenfold after half and after three quarters. */
export function learningRateAt(
  { learningRate, warmup, schedule }: ScheduleSettings,
  step: number,
  steps: number,
): number {
  const rising = Math.round(warmup * steps)
  if (step < rising) return (learningRate * (step + 1)) / rising
  const share = (step - rising) / Math.max(1, steps - rising)
  if (schedule === 'cosine') return (learningRate * (1 + Math.cos(Math.PI * share))) / 2
  if (schedule === 'step') return learningRate * (share < 0.5 ? 1 : share < 0.75 ? 0.1 : 0.01)
  return learningRate
}
