import { MemoryJobStore } from '@main/jobs/memory-job-store'
import { describeJobStore } from '../../../support/job-store-promises'

describeJobStore('memory', () => {
  let now = 1
  return { store: new MemoryJobStore(() => now), pass: (ms) => (now += ms) }
})
