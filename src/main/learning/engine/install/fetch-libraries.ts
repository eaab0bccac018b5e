import { createWriteStream, readdirSync, statSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'
import { type EngineVariant, libraryFiles, tensorflowVersion } from './engine-folder'
import { EngineMissing } from './engine-missing'
import { firstThatRuns, runProgram } from './run-program'
import { type WheelHashes, checkWheels } from './wheel-hashes'

interface Fetching {
  variant: EngineVariant
  /** Receives `tensorflow/` and, for a GPU, `nvidia/`: the layout in which the libraries look for CUDA. */
  into: string
  /** Those that may be unpacked. */
  hashes: WheelHashes
  signal?: AbortSignal
  say: (label: string) => void
}

/** The headers that the addon includes (`c++ -M`), by folder. */
const headers =
  /^tensorflow\/include\/(tensorflow\/c\/|tensorflow\/core\/platform\/ctstring|tsl\/platform\/ctstring|xla\/tsl\/c\/)[^]*\.h$/

/**
 * Brings TensorFlow's libraries and headers out of its PyPI wheel. pip does the download, so that a user's own index,
 * proxy and certificates count; any Python finds the wheel, since only its C++ files are used.
 */
export async function fetchLibraries({ variant, into, hashes, signal, say }: Fetching): Promise<void> {
  const python = await firstThatRuns(['python3', 'python'], signal)
  if (!python) throw new EngineMissing('python3 was not found', 'install Python 3 with pip')
  const names = libraryFiles(process.platform, process.arch)
  if (!names)
    throw new EngineMissing(
      `there is no TensorFlow library for ${process.platform}-${process.arch}`,
      'use Linux, or macOS on arm64',
    )
  const wheels = join(into, 'wheels')
  await mkdir(wheels, { recursive: true })
  const packages =
    variant === 'gpu'
      ? await gpuPackages(python, wheels, { hashes, signal, say })
      : [`${processorPackage(process.arch)}==${tensorflowVersion}`]
  for (const name of packages) await download(python, name, { wheels, signal, say })
  await checkWheels(wheels, hashes)
  for (const wheel of await readdir(wheels)) {
    say(`unpacking ${wheel.split('-')[0]}`)
    await unpack(join(wheels, wheel), into, (path) => wanted(path, names))
  }
  await rm(wheels, { recursive: true })
}

/** The smaller build without CUDA is made for x86-64 alone; elsewhere the plain one has no CUDA either. */
function processorPackage(arch: string): string {
  return arch === 'x64' ? 'tensorflow-cpu' : 'tensorflow'
}

function wanted(path: string, libraries: readonly string[]): boolean {
  if (path.startsWith('nvidia/cuda_nvcc/')) return /\/(bin\/ptxas|libdevice[^/]*\.bc)$/.test(path)
  if (path.startsWith('nvidia/')) return /\/lib\/[^/]+\.so[.\d]*$/.test(path)
  return libraries.some((name) => path === `tensorflow/${name}`) || headers.test(path)
}

async function download(
  python: string,
  name: string,
  { wheels, signal, say }: { wheels: string; signal?: AbortSignal; say: (label: string) => void },
) {
  const label = `downloading ${name.replace('==', ' ')}`
  say(label)
  const temporary = join(wheels, '..', 'pip')
  await mkdir(temporary, { recursive: true })
  // pip tells nothing on the way when it has no terminal; its temporary files do.
  const watch = setInterval(() => {
    const megabytes = Math.round(largestFile(temporary) / 1e6)
    if (megabytes > 0) say(`${label}, ${megabytes} MB`)
  }, 1000)
  const args = ['-m', 'pip', 'download', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:']
  const run = runProgram(python, [...args, '--python-version', '3.12', '-d', wheels, name], {
    signal,
    env: { TMPDIR: temporary },
  })
  const { code, output } = await run.finally(() => clearInterval(watch))
  await rm(temporary, { recursive: true, force: true })
  if (code !== 0) throw pipFailure(name, output)
}

function pipFailure(name: string, output: string): EngineMissing {
  if (/No module named pip/.test(output))
    return new EngineMissing('Python has no pip', 'install pip (Debian: python3-pip)')
  const lines = output.trim().split('\n')
  const last = lines.findLast((line) => line.includes('ERROR')) ?? lines.at(-1) ?? ''
  return new EngineMissing(
    `pip could not download ${name} (${last.replace(/^ERROR: /, '')})`,
    'check the network and the index pip uses',
  )
}

function largestFile(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const sizes = entries.map((entry) => {
    const found = entry.isFile() ? statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false }) : undefined
    return found?.size ?? 0
  })
  return Math.max(0, ...sizes)
}

/** The GPU build and the CUDA parts that its extra `and-cuda` names, as the wheel's own metadata lists them. */
async function gpuPackages(
  python: string,
  wheels: string,
  { hashes, signal, say }: Pick<Fetching, 'hashes' | 'signal' | 'say'>,
): Promise<string[]> {
  const main = `tensorflow==${tensorflowVersion}`
  await download(python, main, { wheels, signal, say })
  await checkWheels(wheels, hashes)
  const [wheel] = await readdir(wheels)
  if (!wheel) return []
  const metadata = await readEntry(join(wheels, wheel), /\.dist-info\/METADATA$/)
  const parts = [
    ...metadata.matchAll(/^Requires-Dist:\s*(nvidia-[\w-]+)\s*\(?([^;)]*)\)?;.*extra == ['"]and-cuda['"]/gm),
  ]
  return parts.map(([, name, version]) => `${name}${(version ?? '').replace(/\s/g, '')}`)
}

async function readEntry(wheel: string, name: RegExp): Promise<string> {
  const zip = await yauzl.openPromise(wheel)
  for await (const entry of zip.eachEntry()) {
    if (!name.test(entry.fileName)) continue
    const stream = await zip.openReadStreamPromise(entry)
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks).toString('utf8')
  }
  return ''
}

async function unpack(wheel: string, into: string, take: (path: string) => boolean): Promise<void> {
  const zip = await yauzl.openPromise(wheel)
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/') || !take(entry.fileName)) continue
    const target = join(into, entry.fileName)
    await mkdir(dirname(target), { recursive: true })
    const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { mode, flush: true }))
  }
}
