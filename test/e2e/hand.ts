import type { Page } from 'playwright-core'

/** A person at the keyboard and the pointer; what they do is counted: a key (with what is held), a click, or a drag is one. */
export class Hand {
  keys = 0
  pointer = 0

  constructor(private readonly page: Page) {}

  get actions(): number {
    return this.keys + this.pointer
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      this.keys++
      await this.page.keyboard.press(key)
    }
  }

  /** Drags between two points of the picture, in its own pixels. */
  async drag(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    this.pointer++
    const [a, b] = await this.page.evaluate((ends) => ends.map((end) => window.__whynotStage!.toPage(end)), [from, to])
    await this.page.mouse.move(a!.x, a!.y)
    await this.page.mouse.down()
    await this.page.mouse.move((a!.x + b!.x) / 2, (a!.y + b!.y) / 2)
    await this.page.mouse.move(b!.x, b!.y)
    await this.page.mouse.up()
  }
}
