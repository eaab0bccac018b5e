import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { studioRouter } from '../../src/main/api/router'
import { quietEntry } from '../../src/main/hosts/fork-entry'
import { type Studio, openStudio } from '../../src/main/studio'
import type { Api } from '../../src/shared/contract'

/** A folder that goes when the test does. */
export function tempFolder(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'whynot-test-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** A studio with real processes from a built host, and the contract as its windows call it. */
export function studioIn(host: string, home: string): { studio: Studio; api: Api } & AsyncDisposable {
  const studio = openStudio({
    home,
    start: (name, onOutput) => quietEntry(join(host, `${name}.js`), onOutput),
    startedBy: 'studio',
  })
  return { studio, api: createRouterClient(studioRouter(studio)), [Symbol.asyncDispose]: () => studio.close() }
}
