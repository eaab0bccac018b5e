// `npm run test:engine`: TensorFlow.js's own published test suite on the native backend, then our numerical tests on
// every backend that is here, each against plain JavaScript.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onRightNode } from './right-node.mjs'

/**
 * Of 3,878 specs one is known to fail on the processor: `round` of int32, which TensorFlow 2.21 rounds differently. On an
 * H200 seven did, for TF32's and single precision's last digits and the words of one error.
 */
const needed = { cpu: 3877, gpu: 3871 }
const require = createRequire(import.meta.url)

if (onRightNode(import.meta.filename)) process.exitCode = await main()

async function main() {
  const { project } = await import('./built.mjs')
  const { withSources } = await import('./sources.mjs')
  const root = fileURLToPath(project)
  const installation = await withSources(async (load) => {
    const { ensureEngine } = await load('src/main/learning/engine/install/ensure-engine.ts')
    return ensureEngine({ onProgress: (label) => console.log(label) })
  })
  const native = await coreSuite(root, installation)
  const ours = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'node', 'test/unit/main/learning/engine'],
    { cwd: root, stdio: 'inherit' },
  )
  return native && ours.status === 0 ? 0 : 1
}

/** @returns whether the suite passed; true where the native engine is absent, which it says */
async function coreSuite(root, { variant, folder, reason }) {
  if (!folder) {
    console.log(`TensorFlow.js's own suite was not run, since there is no native engine here: ${reason}.`)
    return true
  }
  const out = mkdtempSync(join(root, 'node_modules', '.engine-suite-'))
  try {
    await bundle(out)
    return (await run(join(out, 'suite.mjs'), folder)) >= needed[variant]
  } finally {
    rmSync(out, { recursive: true })
  }
}

/** One bundle of the suite, tfjs-core and the native kernels, so that they share one tfjs-core. Nothing is shaken out: tests are side effects. */
async function bundle(out) {
  const { rolldown } = await import('rolldown')
  const core = join(require.resolve('@tensorflow/tfjs-core/package.json'), '..', 'dist')
  const native = join(require.resolve('@tensorflow/tfjs-node-gpu/package.json'), '..', 'dist')
  const entry = `
    import * as tf from '${core}/index.js'
    import '${core}/public/chained_ops/register_all_chained_ops.js'
    import '${core}/register_all_gradients.js'
    import { setTestEnvs } from '${core}/jasmine_util.js'
    import '${native}/register_all_kernels.js'
    import { NodeJSKernelBackend } from '${native}/nodejs_kernel_backend.js'
    export async function register(bindings) {
      tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(bindings, '@tensorflow/tfjs-node-gpu'), 3)
      tf.setBackend('tensorflow')
      setTestEnvs([{ name: 'test-tensorflow', backendName: 'tensorflow', flags: {}, isDataSync: true }])
      await import('${core}/tests.js')
    }`
  const build = await rolldown({
    input: 'virtual:suite',
    treeshake: false,
    platform: 'node',
    logLevel: 'silent',
    external: [/^jasmine-core/],
    resolve: { alias: { '@tensorflow/tfjs-core': join(core, 'index.js'), '@tensorflow/tfjs': join(core, 'index.js') } },
    plugins: [
      {
        name: 'suite',
        resolveId: (id) => (id === 'virtual:suite' ? id : null),
        load: (id) => (id === 'virtual:suite' ? entry : null),
        // The package is compiled to functions, which cannot call the constructor of tfjs-core's real class.
        transform: (code, id) =>
          id.endsWith('nodejs_kernel_backend.js')
            ? code.replace('_super.call(this) || this', 'Reflect.construct(_super, [], new.target)')
            : null,
      },
    ],
  })
  await build.write({ dir: out, format: 'es', entryFileNames: 'suite.mjs', chunkFileNames: '[name].mjs' })
}

/** @returns how many specs passed */
async function run(suite, folder) {
  const util = require('node:util')
  util.isNullOrUndefined ??= (value) => value === null || value === undefined
  util.isArray ??= Array.isArray
  process.env.TF_CPP_MIN_LOG_LEVEL = '3'
  const jasmineCore = require('jasmine-core')
  const jasmine = jasmineCore.boot(jasmineCore)
  Object.assign(globalThis, { jasmine }, jasmineCore.interface(jasmine, jasmine.getEnv()))
  const ignored = ignoreList()
  const env = jasmine.getEnv()
  env.configure({ random: false, specFilter: (spec) => !ignored.some((name) => spec.getFullName().includes(name)) })
  const results = { passed: 0, failed: [] }
  env.addReporter({
    specDone({ status, fullName, failedExpectations }) {
      if (status === 'passed') results.passed++
      if (status === 'failed') results.failed.push(`${fullName}: ${failedExpectations[0]?.message}`)
    },
  })
  const { register } = await import(suite)
  await register(require(join(folder, 'lib', 'tfjs_binding.node')))
  await env.execute()
  for (const failure of results.failed) console.log(`failed: ${failure}`)
  console.log(
    `TensorFlow.js's own suite on the native backend: ${results.passed} passed, ${results.failed.length} failed`,
  )
  return results.passed
}

/** The list of tfjs-node's own test run, read from the package so that it is theirs word for word. */
function ignoreList() {
  const source = readFileSync(
    join(require.resolve('@tensorflow/tfjs-node-gpu/package.json'), '..', 'dist', 'run_tests.js'),
    'utf8',
  )
  const literal = /var IGNORE_LIST = (\[[^]*?\n\]);/.exec(source)?.[1]
  if (!literal) throw new Error("tfjs-node's ignore list was not found in dist/run_tests.js")
  return new Function(`return ${literal}`)()
}
