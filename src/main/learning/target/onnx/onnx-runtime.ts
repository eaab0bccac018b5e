/**
 * ONNX Runtime, told to report nothing: from 1.29 on its builds for Linux and macOS tell their makers which models are opened,
 * names of files among it, unless the environment says no before the first session
 * (https://github.com/microsoft/onnxruntime/blob/main/docs/Privacy.md). A thread's environment is its own and would not
 * be asked: this is for the main thread of a process.
 */
export function onnxRuntime() {
  process.env.ORT_DISABLE_TELEMETRY = '1'
  return import('onnxruntime-node')
}
