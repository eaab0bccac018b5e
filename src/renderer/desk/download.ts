/** Hands a text, or bytes, to the person as a file. */
export function download(name: string, content: string | Uint8Array<ArrayBuffer>, type: string): void {
  const blob = new Blob([content], { type: typeof content === 'string' ? `${type};charset=utf-8` : type })
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name.replaceAll(/[^\p{L}\p{N}._ -]+/gu, '_')
  link.click()
  // The browser has taken what it needs once the click is through.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** The same of a file that the studio made. */
export function downloadMade(name: string, { type, base64 }: { type: string; base64: string }): void {
  download(
    name,
    Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)),
    type,
  )
}
