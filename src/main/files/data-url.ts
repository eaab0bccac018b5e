/** A picture that stands whole in a page, as the address of its own bytes (RFC 2397). */
export function dataUrl(bytes: Uint8Array, type: string): string {
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
}
