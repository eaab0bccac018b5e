import { SampleConfig } from '@shared/config/sample'
import type { JobContext } from '../jobs/job-queue'
import type { SampleService } from './sample-service'

export interface TourParts {
  samples: SampleService
}

/** Makes the quick tour: a small sample with trained models and a measurement. */
export class TourService {
  constructor(private readonly parts: TourParts) {}

  /** Runs jobs of kind 'tour'. */
  readonly runJob = async ({ signal, progress }: JobContext): Promise<unknown> => {
    const config = SampleConfig.parse({ train: 64, test: 32 })
    await this.parts.samples.fill(config, { signal, progress })
    return null
  }
}
