import { InvalidArgumentError } from 'commander'

/** Adds what `name=meaning` says of a name of a file; nothing after the sign leaves out what is said of it. */
export function meaning(text: string, before: Record<string, string | null>): Record<string, string | null> {
  const at = text.lastIndexOf('=')
  if (at < 1) throw new InvalidArgumentError('It takes name=meaning, or name= to leave it out.')
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) || null }
}

/** Adds what `name=value` says to what was said before; numbers are numbers. */
export function pair(text: string, before: Record<string, unknown>): Record<string, unknown> {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('It takes name=value.')
  const value = text.slice(at + 1)
  return { ...before, [text.slice(0, at)]: value !== '' && Number.isFinite(Number(value)) ? Number(value) : value }
}
