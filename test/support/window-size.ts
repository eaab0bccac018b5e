/** Gives every element of the page a size, and tells those who watch theirs: lists that draw only what is in view need it. */
export function everythingMeasures(width: number, height: number): void {
  const size = { inlineSize: width, blockSize: height }
  const entry = { contentRect: { width, height }, borderBoxSize: [size], contentBoxSize: [size] }
  class FakeObserver {
    constructor(private readonly tell: ResizeObserverCallback) {}
    observe(target: Element): void {
      const entries = [{ ...entry, target }] as unknown as ResizeObserverEntry[]
      queueMicrotask(() => this.tell(entries, this as unknown as ResizeObserver))
    }
    unobserve(): void {}
    disconnect(): void {}
  }
  globalThis.ResizeObserver = FakeObserver as unknown as typeof ResizeObserver
  for (const name of ['offsetWidth', 'clientWidth']) defineSize(name, width)
  for (const name of ['offsetHeight', 'clientHeight']) defineSize(name, height)
}

function defineSize(name: string, value: number): void {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value })
}
