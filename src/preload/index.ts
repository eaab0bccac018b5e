import { type Bridge, portMessage } from '@shared/bridge'
import { contextBridge, ipcRenderer } from 'electron'

const bridge: Bridge = {
  connect: () => {
    // A port cannot pass the bridge between the two worlds, but it can be posted to the window they share.
    ipcRenderer.once('port', (event) => window.postMessage(portMessage, window.location.origin, [...event.ports]))
    ipcRenderer.send('connect')
  },
  chooseFolder: () => ipcRenderer.invoke('choose-folder'),
  chooseFiles: () => ipcRenderer.invoke('choose-files'),
}

contextBridge.exposeInMainWorld('whynot', bridge)
