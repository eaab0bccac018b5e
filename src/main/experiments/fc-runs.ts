import { isDeepStrictEqual } from 'node:util'
import { ClassifierConfig } from '@shared/config/classifier'
import { ExplainerConfig } from '@shared/config/explainer'
import type { Run, RunKind, StartRun } from '@shared/contract/learning'
import { Failure } from '@shared/failures'
import type { ExperimentManifest } from './manifest'
import type { ExperimentParts, ExperimentSteps } from './steps'

/** An explanation model and the classifier it explains. */
export interface ModelPair {
  classifier: Run
  explainer: Run
}

const resumable: readonly Run['state'][] = ['cancelled', 'interrupted', 'paused']

/**
 * The models of Table 4: those of a run, with another number of fully connected layers. Finished runs of the project are
 * taken where their settings are the wanted ones; what this experiment began and did not end goes on.
 */
export class FcRuns {
  constructor(
    private readonly parts: ExperimentParts,
    private readonly manifest: ExperimentManifest,
    private readonly steps: ExperimentSteps,
  ) {}

  /** Throws Failure BAD_SETTING where the classifier of the run was not trained here, and those of training. */
  async pair(base: ModelPair, fcLayers: number): Promise<ModelPair> {
    const trained = networkConfig(base.classifier)
    if (!trained) {
      const reason = `Table 4 trains the classifier again with other layers, and ${base.classifier.name} was not trained in this studio. Name the run of one that was.`
      throw new Failure('BAD_SETTING', { setting: '--run', reason })
    }
    const wanted = { ...trained, fcLayers }
    if (this.isLike(base.classifier, base, wanted)) return base
    const classifier = await this.run(fcLayers, {
      like: (run) => run.kind === 'classifier' && this.isLike(run, base, wanted),
      start: {
        ...{ kind: 'classifier', preset: base.classifier.preset, config: wanted },
        name: `${base.classifier.name}, fc ${fcLayers}`,
      },
    })
    const config = ExplainerConfig.parse(base.explainer.config)
    const explainer = await this.run(fcLayers, {
      like: (run) => run.explains === classifier.id && isDeepStrictEqual(ExplainerConfig.parse(run.config), config),
      start: {
        ...{ kind: 'explainer', preset: base.explainer.preset, config, explains: classifier.id },
        name: `${base.explainer.name}, fc ${fcLayers}`,
      },
    })
    return { classifier, explainer }
  }

  private async run(fcLayers: number, { like, start }: { like: (run: Run) => boolean; start: StartRun }): Promise<Run> {
    const { runs, jobs } = this.parts
    const known = runs.list().filter(like)
    const done = known.find(({ state }) => state === 'done')
    if (done) {
      this.steps.say(`Using the ${done.kind} ${done.name}, which is there`)
      return done
    }
    const stopped = known.find((run) => this.isOwn(run) && resumable.includes(run.state))
    if (stopped?.job) {
      this.steps.say(`Going on with the ${stopped.kind} ${stopped.name} from its last checkpoint`)
      await jobs().resume(stopped.job)
      await this.steps.follow(stopped.job, `${stopped.name} trained`)
      return runs.get(stopped.id)
    }
    const { run, job } = await runs.start(start)
    this.manifest.addTrained({ run, kind: start.kind as RunKind, fcLayers })
    await this.steps.follow(job, `${start.name ?? start.kind} trained`)
    return runs.get(run)
  }

  /**
   * The same network and training, from weights drawn anew (those of other layers do not fit), on the same data. What
   * this experiment trained itself counts whatever the data was: it would be trained on other data every time.
   */
  private isLike(run: Run, { classifier }: ModelPair, wanted: ClassifierConfig): boolean {
    if (run.id !== classifier.id && run.startFrom !== null) return false
    const trained = networkConfig(run)
    if (trained === null || !isDeepStrictEqual(trained, wanted)) return false
    return this.isOwn(run) || isDeepStrictEqual(dataOf(run), dataOf(classifier))
  }

  private isOwn({ id }: Run): boolean {
    return this.manifest.trained().some(({ run }) => run === id)
  }
}

/** What a run was trained on, as far as it says. */
export function dataOf({ classes, attributes, trainVideos }: Run) {
  return { classes, attributes, trainVideos }
}

/** Settings of a network of ours; null for any other classifier. All have a default, so one that ours always say must be there. */
function networkConfig({ config }: Run): ClassifierConfig | null {
  if (typeof config !== 'object' || config === null || !('fcLayers' in config)) return null
  const parsed = ClassifierConfig.safeParse(config)
  return parsed.success ? parsed.data : null
}
