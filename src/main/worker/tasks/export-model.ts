import { basename, dirname, extname, join } from 'node:path'
import { writeWhole } from '@main/files/write-whole'
import type { C3dResnet } from '@main/learning/target/c3d-resnet'
import { exportLayers } from '@main/learning/target/export-layers'
import { exportOnnx } from '@main/learning/target/export-onnx'
import type { WorkerTasks } from '@main/runs/worker-tasks'
import { loadClassifier } from '@main/worker/session/classifier-files'
import { openFiles } from '@main/worker/session/files-port'

/** Writes a classifier that was trained here, as ONNX or, where the file is a .json, as a LayersModel; each file whole or not at all. */
export async function exportModelTask({
  files,
  run,
  path,
  classes,
}: WorkerTasks['exportModel']['in']): Promise<WorkerTasks['exportModel']['out']> {
  const { model } = loadClassifier(openFiles(files).run(run).model)
  try {
    if (extname(path).toLowerCase() === '.json') return await writeLayers(model, classes, path)
    const bytes = exportOnnx(model, classes)
    writeWhole(path, bytes)
    return { bytes: bytes.length }
  } finally {
    model.dispose()
  }
}

/** The weights first: a model.json is there only with them. */
async function writeLayers(model: C3dResnet, classes: readonly string[], path: string): Promise<{ bytes: number }> {
  const name = `${basename(path, extname(path))}.weights.bin`
  const { json, weights } = await exportLayers(model, classes, name)
  writeWhole(join(dirname(path), name), weights)
  writeWhole(path, json)
  return { bytes: Buffer.byteLength(json) + weights.length }
}
