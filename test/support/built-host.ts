import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '../..')

/**
 * Builds every process of the studio into a folder of its own, as the build does, so that a test starts
 * real processes. Lies inside node_modules, where the packages they import are found.
 * @returns the folder of the entries; a page stands where the window's files would be
 */
export async function builtHost(): Promise<string> {
  mkdirSync(join(root, 'node_modules/.cache-tests'), { recursive: true })
  const out = mkdtempSync(join(root, 'node_modules/.cache-tests/host-'))
  const files = globSync('src/main/**/*.entry.ts', { cwd: root })
  const input = Object.fromEntries(files.map((file) => [basename(file, '.entry.ts'), join(root, file)]))
  const main = join(out, 'main')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@shared': join(root, 'src/shared'), '@main': join(root, 'src/main') } },
    build: {
      ssr: true,
      target: 'node24',
      outDir: main,
      emptyOutDir: true,
      rollupOptions: { input, output: { format: 'es', entryFileNames: '[name].js' } },
    },
  })
  mkdirSync(join(out, 'renderer'))
  writeFileSync(join(out, 'renderer', 'index.html'), '<!doctype html><title>WhyNot Studio</title>')
  return main
}

/** Removes what `builtHost` made. */
export function removeHost(main: string): void {
  rmSync(dirname(main), { recursive: true, force: true })
}
