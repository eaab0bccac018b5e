import { fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

interface Answer {
  said?: unknown
  failed?: string
}

/**
 * Starts a process of its own for what is not to be measured, as people's browsers beside a studio, and waits until it
 * has loaded `module`, which exports `run(input)`. Input and answer cross as JSON.
 */
export async function apart(module: string) {
  const child = fork(resolve('bench/support/apart-child.mjs'), [module])
  await once(child, 'message')
  return {
    async ask<In, Out>(input: In): Promise<Out> {
      const answer = once(child, 'message') as Promise<[Answer]>
      child.send(input as object)
      const [{ said, failed }] = await answer
      if (failed) throw new Error(failed)
      return said as Out
    },
    end: () => child.disconnect(),
  }
}
