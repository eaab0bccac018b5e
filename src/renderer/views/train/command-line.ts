import { SweepPlan } from '@shared/config/sweep'
import { axisText } from '@shared/config/sweep-text'
import type { StartRun } from '@shared/contract/learning'
import type { StartSweep } from '@shared/contract/sweeps'

/**
 * The `whynot train` (or `whynot sweep`) command that starts the same: the preset, then every setting that differs from `usual`.
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
    sweep,
  }: {
    usual: Readonly<Record<string, unknown>>
    project: string
    explains?: string
    startFrom?: string
    sweep?: Pick<StartSweep, 'axes' | 'plan'>
  },
): string {
  const changed = Object.entries(config).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(usual[key]))
  const words = ['whynot', sweep ? 'sweep' : 'train', kind, '--project', quoted(project)]
  if (preset !== 'Custom') words.push('--preset', quoted(preset))
  if (name) words.push('--name', quoted(name))
  if (explains) words.push('--classifier', quoted(explains))
  if (startFrom) words.push('--start', quoted(startFrom))
  const settings = changed.flatMap(([key, value]) => option(key, value))
  return [...words, ...settings, ...(sweep ? sweepWords(sweep) : [])].join(' ')
}

function sweepWords({ axes, plan }: Pick<StartSweep, 'axes' | 'plan'>): string[] {
  const usual: Readonly<Record<string, unknown>> = SweepPlan.parse({})
  const changed = Object.entries(plan).filter(([key, value]) => value !== usual[key])
  return [
    ...axes.flatMap((axis) => ['--vary', quoted(`${flagOf(axis.field)}=${axisText(axis)}`)]),
    ...changed.flatMap(([key, value]) => option(key, value)),
  ]
}

function flagOf(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function option(key: string, value: unknown): string[] {
  const flag = flagOf(key)
  if (typeof value === 'boolean') return [value ? `--${flag}` : `--no-${flag}`]
  return [`--${flag}`, quoted(Array.isArray(value) ? value.join(',') : String(value))]
}

function quoted(text: string): string {
  return /^[\w./,:@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
