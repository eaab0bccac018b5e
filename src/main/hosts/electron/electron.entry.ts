import { join } from 'node:path'
import { BrowserWindow, Menu, app, dialog, ipcMain, protocol, session, shell } from 'electron'
import { owner } from '@shared/actor'
import { Transports } from '@main/api/transports'
import { studioRouter } from '@main/api/router'
import { openStudio } from '@main/studio'
import { hangLastNet } from '@main/system/guard'
import { LocalServer, answerCommands } from '@main/hosts/local-server'
import { Origin } from '@main/hosts/origin'
import { inWords } from '@main/hosts/words'
import { registerScheme, serveOrigin } from './app-protocol'
import { serveBridge } from './bridge'
import { guardContents, guardSession } from './guards'
import { menuTemplate } from './menu'
import { utilityEntry } from './utility'
import { showStudio, windowOptions } from './window'

app.enableSandbox()
registerScheme(protocol)
guardContents(app, shell)

// A second start shows the window that is there: one studio, one writer.
if (!app.requestSingleInstanceLock()) app.quit()
else void app.whenReady().then(main, fail)

let window: BrowserWindow | null = null

async function main(): Promise<void> {
  const here = import.meta.dirname
  const studio = openStudio({
    start: (name, onOutput) => utilityEntry(join(here, `${name}.js`), name, onOutput),
    startedBy: 'studio',
    searchThread: join(import.meta.dirname, 'search-thread.js'),
  })
  hangLastNet(process, {
    log: studio.log,
    tell: (id) => studio.tellTrouble(id),
    end: () => studio.close().finally(() => app.exit(1)),
  })
  const transports = new Transports(studioRouter(studio), studio.log.unknown)
  const local = new LocalServer(transports, studio.log.unknown)
  await answerCommands(studio, local)
  guardSession(session.defaultSession)
  serveOrigin(protocol, new Origin(join(here, '..', 'renderer'), () => studio.workspace().media))
  serveBridge(ipcMain, dialog, { window: () => window, upgrade: (port) => transports.port(port, owner) })
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform)))
  const folder = process.argv.slice(app.isPackaged ? 1 : 2).find((argument) => !argument.startsWith('-'))
  if (folder) await studio.open(folder).catch((error: unknown) => dialog.showErrorBox('WhyNot Studio', inWords(error)))
  else if (process.argv.includes('--tour') && studio.recent().length === 0) await studio.tour()
  else await studio.openLast()
  studio.begin()
  await show(here)
  app.on('second-instance', () => window?.show())
  app.on('activate', () => void (window ?? show(here)))
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  let closed = false
  app.on('before-quit', (event) => {
    if (closed) return
    // Work that runs is put away first, so that it can go on at the next start.
    event.preventDefault()
    void Promise.all([local.close(), studio.close()]).finally(() => {
      closed = true
      app.quit()
    })
  })
}

async function show(here: string): Promise<void> {
  window = new BrowserWindow(windowOptions(join(here, '..', 'preload', 'index.cjs')))
  window.on('closed', () => (window = null))
  await showStudio(window, (line) => process.stdout.write(`${line}\n`))
}

function fail(error: unknown): void {
  process.stderr.write(`${inWords(error)}\n`)
  app.exit(1)
}
