/**
 * Waits until what was begun last has ended, what begins meanwhile included: an answer that a later question overtook
 * is dropped, so that who asked first must wait for the later one.
 */
export async function untilSettled(newest: () => Promise<unknown>): Promise<void> {
  let seen: Promise<unknown> | null = null
  while (seen !== newest()) {
    seen = newest()
    await seen
  }
}
