import { resolve } from 'node:path'
import envPaths from 'env-paths'

/** The studio's own folder of this person: WHYNOT_HOME, or where the system keeps configuration. */
export function homeFolder(env: Readonly<Record<string, string | undefined>>): string {
  return env.WHYNOT_HOME ? resolve(env.WHYNOT_HOME) : envPaths('whynot-studio', { suffix: '' }).config
}
