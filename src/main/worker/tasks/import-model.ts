import { pixelScale } from '@shared/config/imported-model'
import { importModel } from '@main/learning/target/model-import'
import { unfit } from '@main/learning/target/network'
import { measureAccuracy } from '@main/learning/target/measure-accuracy'
import { PixelScaleMeter } from '@main/learning/target/pixel-scale'
import { middleWindow } from '@main/worker/session/computed-features'
import { putMeanColour, saveImported } from '@main/worker/session/imported-files'
import type { ProjectClips } from '@main/worker/session/project-clips'
import { openFiles } from '@main/worker/session/files-port'
import type { TaskSession } from '@main/worker/session/task-session'
import type { AdoptedModel, Headline, TaskTools, TrainTask, WorkerTasks } from '@main/runs/worker-tasks'
import { clipsFor } from './run-data'

/** Clips in one forward pass. */
const batch = 8
/** Clips that the mean colour is taken from. */
const mostClips = 64

/** Finds out how somebody else's model lies over its input, and copies it into the run's folder. */
export async function adoptModelTask({
  files,
  run,
  path,
  settings,
  classes,
  check,
}: WorkerTasks['adoptModel']['in']): Promise<AdoptedModel> {
  const target = await importModel(path, { ...settings, scale: pixelScale(settings) })
  try {
    const { frames, width, format, classOutput, capabilities } = target
    if (target.classes !== classes.length)
      throw unfit(path, `It has ${target.classes} outputs, and ${classes.length} names were given.`)
    const about = { format, frames, size: width, classOutput, gradient: capabilities.gradient }
    const found = { ...about, output: target.output, maps: [...target.taps] }
    const config = { ...settings, ...found, kind: 'imported' as const, source: path }
    const maxDifference = check === undefined ? null : await target.check(check)
    await saveImported(openFiles(files).run(run).model, path, { config, classes: [...classes] })
    return { config, maxDifference }
  } finally {
    target.dispose()
  }
}

/** Measures a model that was brought in on the project's videos: their mean colour, and how often it is right. */
export async function measureModelTask(
  session: TaskSession,
  { bundle }: TrainTask,
  { signal, emit }: TaskTools,
): Promise<Headline> {
  const { vocabulary, rows } = bundle
  const { id } = bundle.run
  const files = openFiles(bundle.files)
  const folder = files.run(id).model
  const { shape } = await session.target(files, id)
  const clips = (list: typeof rows.train) => clipsFor(session, list, { files, vocabulary, shape })
  const coloured = rows.train.length > 0 ? rows.train : rows.test
  if (coloured.length > 0) putMeanColour(folder, await meanColour(await clips(coloured), signal))
  // It was opened without its mean colour.
  session.forget(id)
  if (rows.test.length === 0) return {}
  const { model } = await session.target(files, id)
  const onProgress = (done: number, total: number) =>
    emit({ kind: 'progress', progress: { label: 'measuring the accuracy', done, total, secondsLeft: null } })
  const { accuracy, confidence } = await measureAccuracy(model, await clips(rows.test), {
    ...{ windows: 1, batch, signal, onProgress },
  })
  if (!Number.isFinite(confidence))
    throw unfit(folder, 'What it puts out of the test videos is no number: check the pixel scale and its weights.')
  emit({ kind: 'log', line: `${rows.test.length} test videos: accuracy ${accuracy.toFixed(4)}` })
  return { testAccuracy: accuracy, testConfidence: confidence }
}

async function meanColour(clips: ProjectClips, signal: AbortSignal): Promise<[number, number, number]> {
  const meter = new PixelScaleMeter()
  const count = Math.min(clips.count, mostClips)
  for (let i = 0; i < count; i++) {
    signal.throwIfAborted()
    meter.add((await clips.read([Math.floor((i * clips.count) / count)], middleWindow, signal)).pixels)
  }
  return [...meter.scale().mean]
}
