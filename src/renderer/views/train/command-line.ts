import type { StartRun } from '@shared/contract/learning'

/**
 * The `whynot train` command that starts the same run: the preset, then every setting that differs from `usual`.
 * @param usual all settings of the preset
 * @param explains name of the classifier, for an explanation
 * @param startFrom name of the classifier whose weights a classifier begins with
 */
export function commandLine(
  { kind, preset, name, config }: StartRun,
  {
    usual,
    project,
    explains,
    startFrom,
  }: { usual: Readonly<Record<string, unknown>>; project: string; explains?: string; startFrom?: string },
): string {
  const changed = Object.entries(config).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(usual[key]))
  const words = ['whynot', 'train', kind, '--project', quoted(project)]
  if (preset !== 'Custom') words.push('--preset', quoted(preset))
  if (name) words.push('--name', quoted(name))
  if (explains) words.push('--classifier', quoted(explains))
  if (startFrom) words.push('--start', quoted(startFrom))
  return [...words, ...changed.flatMap(([key, value]) => option(key, value))].join(' ')
}

function option(key: string, value: unknown): string[] {
  const flag = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  if (typeof value === 'boolean') return [value ? `--${flag}` : `--no-${flag}`]
  return [`--${flag}`, quoted(Array.isArray(value) ? value.join(',') : String(value))]
}

function quoted(text: string): string {
  return /^[\w./,:@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
