/** Fields of inputs that name files or folders of the studio's machine, whichever procedure takes them. */
export const pathFields = ['path', 'paths', 'trainList', 'testList', 'folder', 'file', 'files', 'out'] as const

/** Paths that the input of a call names. It is looked at before it is validated, so anything may stand there. */
export function pathsIn(input: unknown): string[] {
  if (typeof input !== 'object' || input === null) return []
  const fields = input as Readonly<Record<string, unknown>>
  const named: unknown[] = pathFields.flatMap((name) => fields[name])
  return named.filter((value): value is string => typeof value === 'string' && value.trim() !== '')
}
