import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '../..')
const cache = join(root, 'node_modules/.cache-tests')

/**
 * Every process of the studio in a folder of its own, built as the build does, so that a test starts real processes and
 * may spoil them. Lies inside node_modules, where the packages they import are found. Sources that did not change are
 * built once.
 * @returns the folder of the entries; a page stands where the window's files would be
 */
export async function builtHost(): Promise<string> {
  mkdirSync(cache, { recursive: true })
  const out = mkdtempSync(join(cache, 'host-'))
  const main = join(out, 'main')
  cpSync(await builtOnce(), main, { recursive: true })
  mkdirSync(join(out, 'renderer'))
  writeFileSync(join(out, 'renderer', 'index.html'), '<!doctype html><title>WhyNot Studio</title>')
  return main
}

/** Test files run in processes of their own: of two that build at once, the first to end is kept. */
async function builtOnce(): Promise<string> {
  const sources = globSync('src/{main,shared}/**/*.ts', { cwd: root })
  const newest = Math.max(...sources.map((file) => statSync(join(root, file)).mtimeMs))
  const built = join(cache, `built-${sources.length}-${newest}`)
  if (existsSync(built)) return built
  const making = mkdtempSync(join(cache, 'making-'))
  await buildInto(making)
  // Of other sources: those of the same might be copied by somebody just now.
  for (const old of globSync('built-*', { cwd: cache }).filter((name) => join(cache, name) !== built))
    rmSync(join(cache, old), { recursive: true, force: true })
  try {
    renameSync(making, built)
  } catch {
    // Somebody else was first.
    rmSync(making, { recursive: true })
  }
  return built
}

async function buildInto(outDir: string): Promise<void> {
  const files = globSync('src/main/**/*.entry.ts', { cwd: root })
  const input = Object.fromEntries(files.map((file) => [basename(file, '.entry.ts'), join(root, file)]))
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@shared': join(root, 'src/shared'), '@main': join(root, 'src/main') } },
    ssr: { noExternal: ['drizzle-orm'] },
    build: {
      ssr: true,
      target: 'node24',
      outDir,
      emptyOutDir: true,
      rollupOptions: { input, output: { format: 'es', entryFileNames: '[name].js' } },
    },
  })
}

/** Removes what `builtHost` made. */
export function removeHost(main: string): void {
  rmSync(dirname(main), { recursive: true, force: true })
}
