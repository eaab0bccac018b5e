const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

/** The first nine rows have a digit each, the next nine Q and a digit, and so on; 63 rows, the others are found by name. */
export const hotkeys: readonly string[] = ['', 'Q ', 'W ', 'E ', 'R ', 'T ', 'Z '].flatMap((first) =>
  digits.map((digit) => first + digit),
)

/** Words of one group stand together, groups in the order of their first word. */
export function inGroups<Word extends { group: string }>(words: readonly Word[]): Word[] {
  return [...Map.groupBy(words, ({ group }) => group).values()].flat()
}

/**
 * The key of each word, in the order of the words: the one that was chosen for it, else the first that no other has; null
 * when all are taken.
 */
export function hotkeysOf(words: readonly { hotkey: string }[]): (string | null)[] {
  const chosen = new Set(words.map(({ hotkey }) => hotkey))
  const free = hotkeys.filter((key) => !chosen.has(key)).values()
  return words.map(({ hotkey }) => hotkey || (free.next().value ?? null))
}
