/** Makes something at its first use and keeps it: a statement that is not prepared before its table is there. */
export function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => (made ??= { value: make() }).value
}
