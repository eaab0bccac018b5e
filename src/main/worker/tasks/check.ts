import type { Tube } from '@shared/geometry/tube'
import { classify } from '@main/explanation/classify'
import { maskClip } from '@main/explanation/masking'
import { randomTube } from '@main/explanation/random-tube'
import { random } from '@main/learning/random'
import { regionOfTube, tubeOf } from '@main/worker/session/source-tube'
import type { TaskSession } from '@main/worker/session/task-session'
import type { WorkerTasks } from '@main/runs/worker-tasks'
import { shownColour } from './mask-fill'
import { ask, classesOf } from './question'

/** Masks tubes and classifies again, beside random tubes of the same boxes. */
export async function checkTask(
  session: TaskSession,
  { tubes, fill, seed, bundle }: WorkerTasks['check']['in'],
  signal: AbortSignal,
): Promise<WorkerTasks['check']['out']> {
  const asked = await ask(session, bundle, signal)
  const { target, input, size, place, pixels, colours } = asked
  const regions = tubes.map((tube: Tube) => regionOfTube(tube, place))
  const controls = regions.map((region, i) => randomTube(region, size, { stream: random(seed, i) }))
  const options = { size, fill, colours }
  const masked = [regions, controls].map((some) => maskClip(input, some, options))
  const [after, control] = await classify(target, masked)
  if (!after || !control) throw new Error('the classifier said nothing')
  return {
    before: classesOf(asked, asked.features),
    after: classesOf(asked, after),
    random: classesOf(asked, control),
    randomTube: controls.flatMap((region) => tubeOf(region, place)),
    fill,
    fillColor: shownColour(fill, asked, pixels),
  }
}
