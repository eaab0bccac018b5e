import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'vitest'
import { diveServer, python, readerPackages, readersFolder } from '../support/foreign-readers'

/** The state of DIVE whose readers are asked. */
const diveCommit = '8c73200a586171cb8d89fb717dc2b6da48def78b'
/** Where its history is; WHYNOT_DIVE may name a copy on this machine. */
const diveHistory = process.env.WHYNOT_DIVE ?? 'https://github.com/Kitware/dive'

// Readers are installed before the tests that look for them are loaded.
for (const [name, packages] of Object.entries(readerPackages))
  attempt(`${name} (${packages.join(', ')})`, join(readersFolder, name), (folder) =>
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--target', folder, ...packages], { stdio: 'pipe' }),
  )
attempt(`DIVE (${diveHistory})`, dirname(diveServer), (folder) => {
  mkdirSync(folder, { recursive: true })
  const git = (...words: string[]) => execFileSync('git', ['-C', folder, ...words], { stdio: 'pipe', timeout: 120_000 })
  git('init', '--quiet')
  git('remote', 'add', 'origin', diveHistory)
  // Only its server, without the films of its pages.
  git('fetch', '--quiet', '--depth', '1', '--filter=blob:none', 'origin', diveCommit)
  git('sparse-checkout', 'set', '--no-cone', '/server/')
  git('checkout', '--quiet', 'FETCH_HEAD')
})

await import('../integration/foreign-readers.test')

test('what is not installed is said above, and its tests are skipped', () => {})

function attempt(name: string, folder: string, install: (folder: string) => void): void {
  if (existsSync(folder)) return
  try {
    install(folder)
  } catch (error) {
    // What is half there would never be installed again.
    rmSync(folder, { recursive: true, force: true })
    console.log(`not installed: ${name}\n${String(error).slice(0, 400)}`)
  }
}
