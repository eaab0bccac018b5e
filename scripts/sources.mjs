import { fileURLToPath } from 'node:url'
import { project } from './built.mjs'

/**
 * Runs `use` with a loader of the project's own TypeScript modules, straight from their sources and without a build.
 * Packages of node_modules stay outside, so that all modules share one TensorFlow.js.
 */
export async function withSources(use) {
  const { createServer } = await import('vite')
  const root = fileURLToPath(project)
  const server = await createServer({
    root,
    configFile: false,
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
