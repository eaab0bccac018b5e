import { createHash } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ensureEngine } from '@main/learning/engine/install/ensure-engine'
import { engineFolder, libraryFiles, manifestPath } from '@main/learning/engine/install/engine-folder'

const path = process.env.PATH
const libraries = libraryFiles(process.platform, process.arch)

let folder: string
let env: NodeJS.ProcessEnv
/** Hashes of the wheels that the test's pip brings. */
let wheels: Record<string, string> | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'engine-'))
  mkdirSync(join(folder, 'bin'))
  wheels = undefined
  env = { WHYNOT_ENGINE: 'cpu', WHYNOT_ENGINE_CACHE: join(folder, 'cache') }
  process.env.PATH = join(folder, 'bin')
})

afterEach(() => {
  process.env.PATH = path
  rmSync(folder, { recursive: true })
})

/** A machine's program, written for one test. */
function program(name: string, script: string) {
  const file = join(folder, 'bin', name)
  writeFileSync(file, `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`)
  chmodSync(file, 0o755)
}

/** A Python whose pip brings a wheel that is laid out like TensorFlow's; further words of pip fail. */
function pythonWithWheel(): string {
  const wheel = join(folder, 'tensorflow_cpu-2.21.0-cp312.whl')
  const names = (libraries ?? []).map((name) => `tensorflow/${name}`)
  const files = [...names, 'tensorflow/include/tensorflow/c/c_api.h', 'tensorflow/python/large.py']
  const bytes = zipSync(Object.fromEntries(files.map((name) => [name, strToU8(name)])))
  writeFileSync(wheel, bytes)
  program(
    'python3',
    `[ "$1" = --version ] && exit 0
[ "$3" = download ] || exit 1
while [ $# -gt 0 ]; do [ "$1" = -d ] && cp ${wheel} "$2"; shift; done; exit 0`,
  )
  wheels = { [basename(wheel)]: createHash('sha256').update(bytes).digest('hex') }
  return wheel
}

function finished(content = 'library') {
  const engine = engineFolder(env.WHYNOT_ENGINE_CACHE!, 'cpu')
  mkdirSync(engine, { recursive: true })
  writeFileSync(join(engine, 'file'), content)
  const sha256 = 'b718f1354f7247312eca086d9a024afe5fa717ddea5adeddd6f12bcf945b2e8c'
  const files = [{ path: 'file', bytes: 7, sha256 }]
  writeFileSync(manifestPath(engine), JSON.stringify({ version: '2.21.0', variant: 'cpu', files }))
  return engine
}

const leftBehind = () => (existsSync(join(folder, 'cache')) ? readdirSync(join(folder, 'cache')) : [])

describe('what a machine lacks is said in one sentence with its mend, and leaves nothing behind', () => {
  const lacks = async (sentence: RegExp) => {
    const installation = await ensureEngine({ env, ...(wheels ? { wheels } : {}) })
    expect(installation).toMatchObject({ variant: 'wasm', folder: null })
    expect(installation.reason).toMatch(sentence)
    expect(leftBehind()).toEqual([])
  }

  test('Python', () => lacks(/python3 was not found; to mend it, install Python 3/))

  test('pip', async () => {
    program('python3', '[ "$1" = --version ] && exit 0; echo "No module named pip" >&2; exit 1')
    await lacks(/Python has no pip; to mend it, install pip/)
  })

  test('a network', async () => {
    program('python3', '[ "$1" = --version ] && exit 0; echo "ERROR: No matching distribution" >&2; exit 1')
    await lacks(/pip could not download tensorflow-cpu==.* \(No matching distribution\); to mend it, check the network/)
  })

  test.runIf(libraries)('the published wheel: other bytes under its name are not unpacked', async () => {
    appendFileSync(pythonWithWheel(), 'x')
    program('c++', 'echo compiled; exit 0')
    await lacks(
      /whl, as pip brought it, is not the wheel that TensorFlow published .*; to mend it, point pip at an index/,
    )
  })

  test.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'a wheel that is pinned, under another name',
    async () => {
      pythonWithWheel()
      wheels = undefined
      await lacks(/tensorflow_cpu-2.21.0-cp312.whl, as pip brought it, is not the wheel/)
    },
  )

  test.runIf(libraries)('a compiler, and zig cannot be had', async () => {
    pythonWithWheel()
    await lacks(/there is no C\+\+ compiler; to mend it, install one/)
  })

  test.runIf(libraries)('a compiler that can do C++17', async () => {
    pythonWithWheel()
    program('c++', '[ "$1" = --version ] && exit 0; echo "error: unrecognized -std=c++17" >&2; exit 1')
    await lacks(
      /the addon did not compile \(error: unrecognized -std=c\+\+17\); to mend it, install a C\+\+17 compiler/,
    )
  })

  test.runIf(libraries)('a processor that can load the library: it is tried in a process of its own', async () => {
    pythonWithWheel()
    program('c++', 'while [ $# -gt 0 ]; do [ "$1" = -o ] && echo none > "$2"; shift; done; exit 0')
    await lacks(/TensorFlow did not start \(.*; to mend it/)
  })
})

describe('an engine in the cache', () => {
  test('is used without Python', async () => {
    const engine = finished()
    expect(await ensureEngine({ env })).toMatchObject({ variant: 'cpu', folder: engine, version: '2.21.0' })
  })

  test('with a file cut short is no engine', async () => {
    finished('libr')
    expect((await ensureEngine({ env, install: false })).folder).toBeNull()
  })

  test('with other bytes of the same size is found out by its hashes', async () => {
    finished('abcdefg')
    expect((await ensureEngine({ env, install: false })).folder).not.toBeNull()
    expect((await ensureEngine({ env, install: false, verify: true })).folder).toBeNull()
  })

  test('without its manifest, which is written last, is no engine', async () => {
    rmSync(manifestPath(finished()))
    // The tools of this test hold no python3, which is then the first thing to mend.
    expect((await ensureEngine({ env, install: false })).reason).toMatch(/python3 was not found; .*`npm run engine`/)
  })

  test('with a manifest that is not JSON is no engine', async () => {
    writeFileSync(manifestPath(finished()), '{')
    expect((await ensureEngine({ env, install: false })).folder).toBeNull()
  })
})

test('WHYNOT_ENGINE=wasm asks for WebAssembly, whatever is in the cache', async () => {
  finished()
  const installation = await ensureEngine({ env: { ...env, WHYNOT_ENGINE: 'wasm' } })
  expect(installation).toMatchObject({ variant: 'wasm', folder: null, reason: 'asked for with WHYNOT_ENGINE=wasm' })
})

const nvidia = existsSync('/proc/driver/nvidia/version')

test.skipIf(nvidia)('another word in WHYNOT_ENGINE is ignored, and the reason says so', async () => {
  finished()
  const installation = await ensureEngine({ env: { ...env, WHYNOT_ENGINE: 'tpu' } })
  expect(installation.reason).toMatch(/WHYNOT_ENGINE=tpu is none of gpu, cpu and wasm and was ignored/)
})

test('a stop rejects and leaves nothing behind', async () => {
  program('python3', '[ "$1" = --version ] && exit 0; exec sleep 60')
  const stop = new AbortController()
  const started = ensureEngine({ env, signal: stop.signal, onProgress: () => stop.abort() })
  await expect(started).rejects.toThrow()
  expect(leftBehind()).toEqual([])
})

test('where the GPU build cannot be had, that of the processor is taken and the reason kept', async () => {
  program('nvidia-smi', 'exit 0')
  const engine = finished()
  const installation = await ensureEngine({ env: { WHYNOT_ENGINE_CACHE: env.WHYNOT_ENGINE_CACHE } })
  expect(installation).toMatchObject({ variant: 'cpu', folder: engine })
  expect(installation.reason).toMatch(/the GPU build could not be put in: python3 was not found/)
})
