import { existsSync } from 'node:fs'
import type { TestProject } from 'vitest/node'
import { startServer } from './server'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of a running studio with the quick tour open, token included; null where there is no Chromium. */
    studio: string | null
    chromium: string
  }
}

const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

/** Starts one studio, makes the quick tour in it, and stops it when all tests are done. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  project.provide('chromium', chromium)
  if (!existsSync(chromium)) {
    console.log(
      `skipped: the end-to-end tests need Chromium at ${chromium} (Debian: apt install chromium, or CHROMIUM_PATH)`,
    )
    project.provide('studio', null)
    return
  }
  const server = await startServer()
  await server.call('POST', '/project/tour')
  await server.idle()
  project.provide('studio', server.address)
  return () => server.stop()
}
