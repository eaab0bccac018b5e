import { mkdtempSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '../..')

/**
 * Builds one process entry on its own and returns the built file, so that a test can start the real process without
 * building the whole studio. Lies inside node_modules, where the packages it imports are found.
 */
export async function builtEntry(entry: string): Promise<string> {
  const outDir = mkdtempSync(join(root, 'node_modules/.cache-entry-'))
  const name = basename(entry, '.entry.ts')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@shared': join(root, 'src/shared'), '@main': join(root, 'src/main') } },
    build: {
      ssr: join(root, entry),
      target: 'node24',
      outDir,
      emptyOutDir: true,
      rollupOptions: { output: { format: 'es', entryFileNames: `${name}.mjs` } },
    },
  })
  return join(outDir, `${name}.mjs`)
}
