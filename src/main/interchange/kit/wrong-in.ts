import type { z } from 'zod'

/** Which field of a row is wrong, and how: "value: expected record, received string". */
export function wrongIn({ issues }: z.ZodError): string {
  const [first] = issues
  if (!first) return 'unknown'
  const field = first.path.map(String).join('.')
  const how = first.message.replace(/^Invalid input: /, '')
  return field ? `${field}: ${how}` : how
}
