import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { addonPath, libraryFiles } from './engine-folder'
import { EngineMissing } from './engine-missing'
import { firstThatRuns, runProgram } from './run-program'

const requirePackage = createRequire(import.meta.url)

/** A C++ compiler: the machine's own, or zig's out of PyPI's `ziglang`, which pip can bring. */
interface Compiler {
  program: string
  before: readonly string[]
  env?: NodeJS.ProcessEnv
}

/**
 * Compiles the addon that tfjs-node-gpu ships as source against the headers of this engine.
 * One addon serves every Node and Electron (Node-API), the CPU build of the library and the GPU build.
 */
export async function compileAddon(
  folder: string,
  { signal, say }: { signal?: AbortSignal; say: (label: string) => void },
): Promise<void> {
  const compiler = await findCompiler(folder, { signal, say })
  const sources = join(dirname(requirePackage.resolve('@tensorflow/tfjs-node-gpu/package.json')), 'binding')
  const napi = join(dirname(requirePackage.resolve('node-api-headers/package.json')), 'include')
  const libraries = libraryFiles(process.platform, process.arch) ?? []
  const origin = process.platform === 'darwin' ? '@loader_path' : '$ORIGIN'
  await mkdir(dirname(addonPath(folder)), { recursive: true })
  say('compiling the addon')
  const { code, output } = await runProgram(
    compiler.program,
    [
      ...compiler.before,
      ...['-O2', '-fPIC', '-shared', '-std=c++17', '-DNAPI_VERSION=8', '-w'],
      ...['-I', napi, '-I', join(folder, 'tensorflow', 'include')],
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(sources, file)),
      ...['-o', addonPath(folder)],
      ...libraries.map((name) => join(folder, 'tensorflow', name)),
      `-Wl,-rpath,${origin}/../tensorflow`,
      ...(process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : []),
    ],
    { signal, env: compiler.env },
  )
  if (code !== 0)
    throw new EngineMissing(
      `the addon did not compile (${firstError(output)})`,
      'install a C++17 compiler (Debian: g++)',
    )
}

function firstError(output: string): string {
  return output.split('\n').find((line) => /error/i.test(line)) ?? output.split('\n')[0] ?? ''
}

async function findCompiler(
  folder: string,
  { signal, say }: { signal?: AbortSignal; say: (label: string) => void },
): Promise<Compiler> {
  const program = await firstThatRuns(['c++', 'g++', 'clang++'], signal)
  if (program) return { program, before: [] }
  say('downloading a compiler (ziglang)')
  const target = join(folder, 'zig')
  const python = await firstThatRuns(['python3', 'python'], signal)
  const args = ['-m', 'pip', 'install', '--disable-pip-version-check', '--quiet', '--target', target, 'ziglang==0.15.1']
  // Everything of zig's stays in its folder, which goes when the engine is done.
  const env = {
    PYTHONPATH: target,
    ZIG_GLOBAL_CACHE_DIR: join(target, 'cache'),
    ZIG_LOCAL_CACHE_DIR: join(target, 'cache'),
  }
  const got = python ? await runProgram(python, args, { signal }) : { code: 1 }
  if (!python || got.code !== 0) throw new EngineMissing('there is no C++ compiler', 'install one (Debian: g++)')
  return { program: python, before: ['-m', 'ziglang', 'c++'], env }
}
