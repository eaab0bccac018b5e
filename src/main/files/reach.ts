import { realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { Actor } from '@shared/actor'
import { Failure } from '@shared/failures'

export interface ReachOptions {
  /** Folders that people of this server may name paths in; links are followed first. */
  roots: readonly string[]
  /** Whether the owner reaches what the account reaches: at the machine itself, over its own address. */
  ownerEverywhere: boolean
}

/**
 * Which paths of the studio's machine a call may name. Owners at the machine: whatever the account may. Everybody else:
 * what lies in the roots, and annotators nothing at all.
 */
export class Reach {
  private readonly roots: readonly string[]

  constructor(private readonly options: ReachOptions) {
    this.roots = options.roots.map(real)
  }

  /** The folders an actor is held to, or null where the account is the only bound. */
  boundsOf({ role }: Actor): readonly string[] | null {
    if (role === 'annotator') return []
    return role === 'owner' && this.options.ownerEverywhere ? null : this.roots
  }

  /** Throws Failure OUT_OF_REACH, which says the same whether or not there is something at the path. */
  check(actor: Actor, path: string): void {
    const bounds = this.boundsOf(actor)
    if (bounds === null || bounds.some((root) => isInside(root, real(path)))) return
    throw new Failure('OUT_OF_REACH', { path, roots: [...bounds] })
  }
}

/** Where a path really leads: links followed as far as there is something. */
function real(path: string): string {
  const full = resolve(path)
  try {
    return realpathSync(full)
  } catch {
    const above = dirname(full)
    return above === full ? full : join(real(above), basename(full))
  }
}

export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}
