/** A text that sorts as people count: numbers by value ("clip 2" before "clip 10"), case and accents' form ignored. */
export function sortKey(name: string): string {
  return folded(name).replace(/\d+/g, (digits) => {
    const number = digits.replace(/^0+(?=\d)/, '')
    return `${String(number.length).padStart(3, '0')}${number}`
  })
}

/** A text as searches compare it: lower case, one form for each character. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

/** Compares things with names in natural order. */
export function byName(a: { name: string }, b: { name: string }): number {
  const [keyA, keyB] = [sortKey(a.name), sortKey(b.name)]
  if (keyA !== keyB) return keyA < keyB ? -1 : 1
  return a.name < b.name ? -1 : 1
}
