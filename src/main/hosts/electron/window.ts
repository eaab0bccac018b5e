import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron'
import { studioOrigin } from './app-protocol'

/** A window that can do no more than a page: its only way out is the preload's bridge. */
export function windowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    backgroundColor: '#121417',
    title: 'WhyNot Studio',
    webPreferences: {
      preload,
      nodeIntegration: false,
      contextIsolation: true,
      sandbox: true,
      webviewTag: false,
      spellcheck: false,
    },
  }
}

/** Shows the studio's page once it is drawn, and says READY for whoever started us. */
export async function showStudio(window: BrowserWindow, say: (line: string) => void): Promise<void> {
  window.once('ready-to-show', () => {
    window.show()
    say('READY')
  })
  await window.loadURL(`${studioOrigin}/`)
}
