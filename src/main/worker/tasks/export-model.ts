import { writeWhole } from '@main/files/write-whole'
import { exportOnnx } from '@main/learning/target/export-onnx'
import type { WorkerTasks } from '@main/runs/worker-tasks'
import { loadClassifier } from '@main/worker/session/classifier-files'
import { openFiles } from '@main/worker/session/files-port'

/** Writes a classifier that was trained here as an ONNX file; whole or not at all. */
export async function exportModelTask({
  files,
  run,
  path,
  classes,
}: WorkerTasks['exportModel']['in']): Promise<WorkerTasks['exportModel']['out']> {
  const { model } = loadClassifier(openFiles(files).run(run).model)
  try {
    const bytes = exportOnnx(model, classes)
    writeWhole(path, bytes)
    return { bytes: bytes.length }
  } finally {
    model.dispose()
  }
}
