// Runs the built main program of Electron's host under Node, with a stand-in for `electron`, and uses its window once.
// Arguments: the built electron.js. Prints one JSON line.
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'

const standIn = new URL('./electron-stand-in.mjs', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, format: 'module', shortCircuit: true } : next(specifier, context),
})
const { app, seen } = await import(standIn)
const [, , main] = process.argv
// As Electron is started on a project folder: the program, then the folder.
process.argv = [process.execPath, '.']
await import(pathToFileURL(main).href)
while (seen.windows.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
const [window] = seen.windows
const page = await seen.handlers.get('app')(new Request('app://studio/'))
const port = await new Promise((resolve) => {
  window.on('frame-message', (_channel, _message, [port]) => resolve(port))
  seen.ipc.get('connect')({ senderFrame: window.webContents.mainFrame })
})
port.start()
const api = createORPCClient(new RPCLink({ port }))
const doctor = await api.system.doctor()
const { sandbox, contextIsolation, nodeIntegration, preload } = window.options.webPreferences
console.log(
  JSON.stringify({
    url: window.url,
    page: (await page.text()).includes('WhyNot Studio'),
    policy: page.headers.get('content-security-policy') !== null,
    scheme: seen.schemes[0]?.scheme,
    appSandbox: seen.sandbox,
    preferences: { sandbox, contextIsolation, nodeIntegration, preload: preload.endsWith('index.cjs') },
    project: await api.project.current(),
    decoder: doctor.media.decoder,
  }),
)
app.quit()
setTimeout(() => process.exit(0), 500)
