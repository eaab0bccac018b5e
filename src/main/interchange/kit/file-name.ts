/** A name that every file system takes and that no path hides in; different names stay different. */
export function fileName(name: string): string {
  const safe = name
    .normalize('NFC')
    .replace(/[\u0000-\u001f<>:"/\\|?*%]/gu, (sign) => encodeURIComponent(sign).replace('*', '%2A'))
  return safe.replace(/^\.+/, (dots) => '%2E'.repeat(dots.length)).slice(0, 180)
}

/** The name that was made safe. */
export function nameOfFile(file: string): string {
  try {
    return decodeURIComponent(file)
  } catch {
    return file
  }
}
