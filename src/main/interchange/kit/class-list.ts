/** Names of classes by the number that lists give them. */
export type ClassNumbers = ReadonlyMap<number, string>

const numbered = /^\s*(\d+)\s*[:,\s]\s*(\S.*?)\s*$/

/**
 * Reads a list of classes: `1 ApplyEyeMakeup` or `1: bend/bow` where they are numbered, else a name a line, counted
 * from 0 as public label maps are.
 */
export function classList(text: string): { line: number; number: number; name: string }[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .map((content, i) => ({ line: i + 1, content: content.trim() }))
    .filter(({ content }) => content !== '')
  const isNumbered = lines.every(({ content }) => numbered.test(content))
  return lines.map(({ line, content }, i) => {
    const [, number, name] = (isNumbered && numbered.exec(content)) || []
    return { line, number: number === undefined ? i : Number(number), name: name ?? content }
  })
}

/** Whether a file's name says that it is such a list: classInd.txt, labels.txt, kinetics_label_map_k400.txt. */
export function isClassListName(path: string): boolean {
  return /(^|\/|_)(class_?(ind|names?|mapping|list)|classes|label_?map|labels)\w*\.(txt|names|csv)$/i.test(path)
}
