// Stands in for Electron under Node: just enough for the built main program to start, open its window and serve it.
import { fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { MessageChannel } from 'node:worker_threads'

/** What the main program did, for the test to look at. */
export const seen = { handlers: new Map(), schemes: [], windows: [], ipc: new Map(), sandbox: false, menu: null }

class App extends EventEmitter {
  isPackaged = false
  enableSandbox = () => (seen.sandbox = true)
  requestSingleInstanceLock = () => true
  whenReady = () => Promise.resolve()
  quit = () => this.emit('before-quit', { preventDefault: () => {} })
  exit = (code) => process.exit(code)
}
export const app = new App()
export const shell = { openExternal: () => {} }
export const dialog = {
  showErrorBox: (title, text) => console.error(title, text),
  showOpenDialog: async () => ({ canceled: true }),
}
export const Menu = { buildFromTemplate: (template) => template, setApplicationMenu: (menu) => (seen.menu = menu) }
export const protocol = {
  registerSchemesAsPrivileged: (schemes) => seen.schemes.push(...schemes),
  handle: (scheme, handler) => seen.handlers.set(scheme, handler),
}
export const session = {
  defaultSession: {
    setPermissionRequestHandler: () => {},
    setPermissionCheckHandler: () => {},
    webRequest: { onHeadersReceived: () => {} },
  },
}
export const ipcMain = {
  on: (name, handler) => seen.ipc.set(name, handler),
  handle: (name, handler) => seen.ipc.set(name, handler),
}
export class MessageChannelMain extends MessageChannel {
  // Electron's ports begin when they are told to, Node's when somebody listens; both know start().
}
export class BrowserWindow extends EventEmitter {
  constructor(options) {
    super()
    const mainFrame = { url: 'app://studio/', postMessage: (...given) => this.emit('frame-message', ...given) }
    this.webContents = { mainFrame }
    this.options = options
    seen.windows.push(this)
  }
  show() {}
  async loadURL(url) {
    this.url = url
    this.emit('ready-to-show')
  }
}
export const utilityProcess = {
  fork: (entry) => {
    const child = fork(entry, [], { serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    child.postMessage = (message) => child.connected && child.send(message)
    return child
  },
}
