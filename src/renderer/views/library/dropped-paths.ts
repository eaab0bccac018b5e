/**
 * The paths in what was dropped: file managers give addresses, one a line; plain paths are taken as they stand. A browser
 * does not tell where its own File objects lie; then there are none.
 */
export function droppedPaths(data: Pick<DataTransfer, 'getData'>): string[] {
  const lines = (data.getData('text/uri-list') || data.getData('text/plain')).split(/\r?\n/)
  return lines.map((line) => pathOf(line.trim())).filter((path): path is string => path !== null)
}

function pathOf(line: string): string | null {
  if (line.startsWith('#') || line === '') return null
  if (/^([/\\]|[A-Za-z]:[\\/])/.test(line)) return line
  if (!line.startsWith('file://') || !URL.canParse(line)) return null
  const path = decodeURIComponent(new URL(line).pathname)
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path
}
