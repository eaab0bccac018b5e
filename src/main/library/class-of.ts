import { basename, dirname } from 'node:path'
import { cleanName } from '@shared/match-names'

/** UCF101 writes v_<class>_g01_c01. */
const ucfName = /^v_([\p{L}]+)_g\d+_c\d+$/u
const letters = /^\p{L}[\p{L}\p{M}]*/u

/** The class a video's place or name says it has, or null where it says none. */
export function classOf(path: string, name: string, from: 'none' | 'folder' | 'name'): string | null {
  if (from === 'none') return null
  if (from === 'folder') return cleanName(basename(dirname(path))) || null
  return ucfName.exec(name)?.[1] ?? letters.exec(name)?.[0] ?? null
}
