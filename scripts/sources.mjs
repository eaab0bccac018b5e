import { fileURLToPath } from 'node:url'
import { project } from './built.mjs'

/**
 * Runs `use` with a loader of the project's own TypeScript modules, straight from their sources and without a build.
 * Packages of node_modules stay outside, so that all modules share one TensorFlow.js.
 * `plugins` may change sources on the way, which is how mutants are made.
 */
export async function withSources(use, plugins = []) {
  const { createServer } = await import('vite')
  const root = fileURLToPath(project)
  const server = await createServer({
    root,
    configFile: false,
    plugins,
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
    resolve: { alias: { '@shared': `${root}src/shared`, '@main': `${root}src/main` } },
  })
  try {
    return await use((path) => server.ssrLoadModule(`/${path}`))
  } finally {
    await server.close()
  }
}
