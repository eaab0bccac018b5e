import { type Bridge, portMessage } from '@shared/bridge'
import { contextBridge, ipcRenderer } from 'electron'

/** The window, of which the main side's types know nothing. */
interface Page {
  postMessage(message: unknown, origin: string, ports: unknown[]): void
  location: { origin: string }
}

const page = globalThis as unknown as Page

const bridge: Bridge = {
  connect: () => {
    // A port cannot pass the bridge between the two worlds, but it can be posted to the window they share.
    ipcRenderer.once('port', (event) => page.postMessage(portMessage, page.location.origin, [...event.ports]))
    ipcRenderer.send('connect')
  },
  chooseFolder: () => ipcRenderer.invoke('choose-folder'),
  chooseFiles: () => ipcRenderer.invoke('choose-files'),
}

contextBridge.exposeInMainWorld('whynot', bridge)
