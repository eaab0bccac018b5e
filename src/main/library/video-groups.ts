import type { z } from 'zod'
import type { GroupRule } from '@shared/contract/library'
import { Failure } from '@shared/failures'

/** What UCF's names say of the film a clip was cut from: `v_Basketball_g01_c03` is of `v_Basketball_g01`. */
const ucf = '^(.+_g\\d+)_c\\d+'

/**
 * The group of a video by a rule; null for a video of its own.
 * Throws Failure BAD_SETTING for a pattern that is no regular expression.
 */
export function groupOf(rule: z.infer<typeof GroupRule>): (video: { name: string; path: string }) => string | null {
  if (rule.by === 'none') return () => null
  if (rule.by === 'name') return () => rule.name.trim() || null
  if (rule.by === 'folder') return ({ path }) => folderOf(path)
  const pattern = expression(rule.by === 'ucf' ? ucf : rule.pattern)
  return ({ name }) => {
    const found = pattern.exec(name)
    return found ? (found[1] ?? found[0]) || null : null
  }
}

function folderOf(path: string): string | null {
  const parts = path.replaceAll('\\', '/').split('/').slice(0, -1)
  return parts.at(-1) ?? null
}

function expression(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u')
  } catch (error) {
    const reason = `${pattern} is no regular expression: ${(error as Error).message}`
    throw new Failure('BAD_SETTING', { setting: 'pattern', reason }, { cause: error })
  }
}

/** Groups with videos on both sides: the test would look at films that were trained on. */
export function leakingGroups(videos: readonly { group: string | null; split: string | null }[]): string[] {
  const sides = Map.groupBy(
    videos.filter(({ group, split }) => group !== null && split !== null),
    ({ group }) => group ?? '',
  )
  return [...sides].flatMap(([group, own]) => (new Set(own.map(({ split }) => split)).size > 1 ? [group] : [])).sort()
}
