import { type BrowserWindow, type Dialog, type IpcMain, MessageChannelMain, type MessagePortMain } from 'electron'
import { isOwnFrame } from './guards'

/** The other end of the preload's bridge: the contract's port and the system's dialogs, for our own window alone. */
export function serveBridge(
  ipc: IpcMain,
  dialog: Dialog,
  options: { window: () => BrowserWindow | null; upgrade: (port: MessagePortMain) => void },
): void {
  const own = () => options.window()?.webContents
  ipc.on('connect', (event) => {
    if (!isOwnFrame(event.senderFrame, own())) return
    const { port1, port2 } = new MessageChannelMain()
    options.upgrade(port1)
    port1.start()
    event.senderFrame?.postMessage('port', null, [port2])
  })
  const choose = async (properties: ('openDirectory' | 'openFile' | 'multiSelections' | 'createDirectory')[]) => {
    const window = options.window()
    if (!window) return []
    const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties })
    return canceled ? [] : filePaths
  }
  ipc.handle('choose-folder', async (event) => {
    if (!isOwnFrame(event.senderFrame, own())) return null
    return (await choose(['openDirectory', 'createDirectory']))[0] ?? null
  })
  ipc.handle('choose-files', async (event) => {
    if (!isOwnFrame(event.senderFrame, own())) return []
    return choose(['openFile', 'multiSelections'])
  })
}
