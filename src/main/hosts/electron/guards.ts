import type { App, Session, Shell, WebContents, WebFrameMain } from 'electron'
import { contentSecurityPolicy } from '@main/hosts/answers'
import { studioOrigin } from './app-protocol'

/** Pages that a click may open in the system's browser. */
const openable: readonly string[] = ['openaccess.thecvf.com', 'www.tensorflow.org', 'ffmpeg.org', 'nodejs.org']
/** What a page of ours may ask the system for; everything else is refused. */
const granted: readonly string[] = ['fullscreen', 'clipboard-sanitized-write']

/** Keeps every page where it is: no navigation, no new windows, no webviews. */
export function guardContents(app: App, shell: Shell): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOurs(event.url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      if (mayOpen(url)) void shell.openExternal(url)
      return { action: 'deny' }
    })
  })
}

/** Refuses permissions that are not on the list (Electron grants them all) and sends the policy with every answer. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, callback) =>
    callback(granted.includes(permission) && isOurs(contents.getURL())),
  )
  session.setPermissionCheckHandler((_contents, permission, origin) => granted.includes(permission) && isOurs(origin))
  session.webRequest.onHeadersReceived(({ responseHeaders }, callback) =>
    callback({ responseHeaders: { ...responseHeaders, 'content-security-policy': [contentSecurityPolicy] } }),
  )
}

/** True for the main frame of our own window showing our own page; no other sender is answered. */
export function isOwnFrame(frame: WebFrameMain | null, own: WebContents | undefined): boolean {
  return frame !== null && own !== undefined && frame === own.mainFrame && isOurs(frame.url)
}

export function isOurs(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}` === studioOrigin
}

export function mayOpen(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' && openable.includes(hostname)
}
