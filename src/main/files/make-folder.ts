import { existsSync, mkdirSync, statfsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Failure } from '@shared/failures'

/** File systems that the kernel makes up, by the numbers of statfs(2): proc, sysfs, devpts, cgroup, debugfs, tracefs. */
const kernels = new Set([0x9fa0, 0x62656572, 0x1cd1, 0x27e0eb, 0x63677270, 0x64626720, 0x74726163, 0x73636673])

/**
 * Makes a folder and those above it. In /proc and its like, making folders with their parents never comes back (libuv
 * tries again for good), and nothing can be kept there anyway.
 * Throws Failure FOLDER_NOT_WRITABLE for those, and what the system says for others.
 */
export function makeFolder(path: string): void {
  if (isOfKernel(path))
    throw new Failure('FOLDER_NOT_WRITABLE', { path: resolve(path), reason: 'nothing can be kept in this file system' })
  mkdirSync(path, { recursive: true })
}

/** Whether a path lies, or would lie, among the kernel's own files or the devices. */
export function isOfKernel(path: string): boolean {
  const full = resolve(path)
  if (/^\/dev(\/(?!shm\/)|$)/.test(full)) return true
  let there = full
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there)
  try {
    return kernels.has(statfsSync(there).type)
  } catch {
    return false
  }
}
