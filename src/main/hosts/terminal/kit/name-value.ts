import { InvalidArgumentError } from 'commander'

/** Adds what `name=value` says to what was said before; numbers are numbers. */
export function pair(text: string, before: Record<string, unknown>): Record<string, unknown> {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('It takes name=value.')
  const value = text.slice(at + 1)
  return { ...before, [text.slice(0, at)]: value !== '' && Number.isFinite(Number(value)) ? Number(value) : value }
}
