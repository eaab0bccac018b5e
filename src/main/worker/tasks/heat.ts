import { toSource } from '@shared/geometry/affine'
import { mapFrameAt } from '@shared/tap-geometry'
import { Failure } from '@shared/failures'
import { bestAnswers } from '@main/explanation/answers'
import type { TaskSession } from '@main/worker/session/task-session'
import type { WorkerTasks } from '@main/runs/worker-tasks'
import { ask, attributeNumber, classNumber } from './question'

/** delta_m of one attribute on the tap and shape that its tube chose, and where the map lies on the source. */
export async function heatTask(
  session: TaskSession,
  { pos, neg, attribute, tubes, bundle }: WorkerTasks['heat']['in'],
  signal: AbortSignal,
): Promise<WorkerTasks['heat']['out']> {
  const asked = await ask(session, bundle, signal)
  if (!asked.explainer) throw new Failure('NO_EXPLAINER', {})
  const { model, config } = session.explainer(asked.files, asked.explainer, asked.target)
  const [evidence] = bestAnswers(model, model.prepare(asked.features), {
    ...{ select: 'min', count: 1, tubes },
    pos: classNumber(asked, pos),
    neg: classNumber(asked, neg),
    search: { movement: config.movement, link: config.link },
    trim: false,
    attributes: [attributeNumber(asked, attribute)],
  })
  if (!evidence) throw new Error('the search found nothing')
  const { grid, values, offset, tap } = evidence.map
  const { strideX, strideY, offsetX, offsetY } = model.geometry(tap)
  const time = model.time(tap)
  const cells = grid.rows * grid.cols
  const area = { x1: offsetX, y1: offsetY, x2: offsetX + grid.cols * strideX, y2: offsetY + grid.rows * strideY }
  return {
    frames: [...asked.place.frames],
    rows: grid.rows,
    cols: grid.cols,
    values: asked.place.frames.flatMap((_, t) => {
      const from = offset + mapFrameAt(time, t) * cells
      return Array.from(values.subarray(from, from + cells))
    }),
    area: toSource(area, asked.place.affine),
  }
}
