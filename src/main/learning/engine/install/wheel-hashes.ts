import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { EngineMissing } from './engine-missing'

/** SHA-256 in hex of wheels by file name. */
export type WheelHashes = Readonly<Record<string, string>>

/** TensorFlow's wheels for Linux on x86-64 as PyPI has them, both variants. */
const linuxWheels: WheelHashes = {
  'tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl':
    'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
  'tensorflow-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl':
    'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0',
}

/** The same for the other platforms that have a wheel. */
const otherWheels: Readonly<Record<string, WheelHashes>> = {
  'linux-arm64': {
    'tensorflow-2.21.0-cp312-cp312-manylinux_2_27_aarch64.whl':
      'b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552',
  },
  'darwin-arm64': {
    'tensorflow-2.21.0-cp312-cp312-macosx_12_0_arm64.whl':
      '56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712',
  },
}

/** TensorFlow's wheels of a platform; of NVIDIA's, which a GPU needs beside them, pip's own check is all there is. */
export function wheelHashes(platform: NodeJS.Platform, arch: string): WheelHashes {
  return platform === 'linux' && arch === 'x64' ? linuxWheels : (otherWheels[`${platform}-${arch}`] ?? {})
}

/**
 * Looks at the TensorFlow wheels of a folder before anything is taken out of them.
 * Throws EngineMissing for one that is none of those pinned, or not the same bytes.
 */
export async function checkWheels(folder: string, hashes: WheelHashes): Promise<void> {
  if (Object.keys(hashes).length === 0) return
  const wheels = (await readdir(folder)).filter((name) => /^tensorflow(_cpu)?-/.test(name))
  for (const name of wheels) {
    const found = await sha256(join(folder, name))
    if (hashes[name] !== found)
      throw new EngineMissing(
        `${name}, as pip brought it, is not the wheel that TensorFlow published (SHA-256 ${found})`,
        'point pip at an index that has the wheel of PyPI unchanged',
      )
  }
}

/** SHA-256 in hex of a file of any size. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
