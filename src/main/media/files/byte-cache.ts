/** Keeps what was used last, up to a number of bytes. */
export class ByteCache<T> {
  /** The least recently used first. */
  private readonly entries = new Map<string, { value: T; bytes: number }>()
  private bytes = 0

  constructor(private readonly mostBytes: number) {}

  get(key: string): T | undefined {
    const entry = this.entries.get(key)
    if (!entry) return undefined
    this.entries.delete(key)
    this.entries.set(key, entry)
    return entry.value
  }

  /** What is larger than the whole cache is not kept. */
  set(key: string, value: T, bytes: number): void {
    this.delete(key)
    if (bytes > this.mostBytes) return
    this.entries.set(key, { value, bytes })
    this.bytes += bytes
    for (const oldest of this.entries.keys()) {
      if (this.bytes <= this.mostBytes) return
      this.delete(oldest)
    }
  }

  private delete(key: string): void {
    this.bytes -= this.entries.get(key)?.bytes ?? 0
    this.entries.delete(key)
  }
}
