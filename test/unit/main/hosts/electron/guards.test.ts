import type { App, Session, Shell, WebContents, WebFrameMain } from 'electron'
import { expect, test, vi } from 'vitest'
import { guardContents, guardSession, isOurs, isOwnFrame, mayOpen } from '@main/hosts/electron/guards'

type Handler = (...given: unknown[]) => unknown

/** What a page's contents are given by the guards: handlers by the name of their event. */
function guarded() {
  const handlers = new Map<string, Handler>()
  const opened: string[] = []
  let openWindow: Handler = () => null
  const contents = {
    on: (name: string, handler: Handler) => void handlers.set(name, handler),
    setWindowOpenHandler: (handler: Handler) => void (openWindow = handler),
  }
  const app = { on: (_: string, handler: Handler) => handler({}, contents) } as unknown as App
  guardContents(app, { openExternal: (url: string) => opened.push(url) } as unknown as Shell)
  const refused = (name: string, url: string) => {
    const preventDefault = vi.fn()
    handlers.get(name)?.({ url, preventDefault })
    return preventDefault.mock.calls.length > 0
  }
  return { refused, openWindow: (url: string) => openWindow({ url }), opened }
}

test('a page stays in the studio: no other address, no webview, no new window', () => {
  const { refused, openWindow, opened } = guarded()
  expect(refused('will-navigate', 'https://evil.example/')).toBe(true)
  expect(refused('will-navigate', 'file:///etc/passwd')).toBe(true)
  expect(refused('will-navigate', 'app://studio/train')).toBe(false)
  expect(refused('will-attach-webview', '')).toBe(true)
  expect(openWindow('https://evil.example/')).toEqual({ action: 'deny' })
  expect(opened).toEqual([])
})

test('only listed https addresses go to the system browser', () => {
  const { openWindow, opened } = guarded()
  openWindow('https://ffmpeg.org/about.html')
  openWindow('http://ffmpeg.org/about.html')
  expect(opened).toEqual(['https://ffmpeg.org/about.html'])
  expect(mayOpen('javascript:alert(1)')).toBe(false)
  expect(mayOpen('https://ffmpeg.org.evil.example/')).toBe(false)
})

test('permissions are refused but for a short list, and for anybody else all of them', () => {
  let request: Handler = () => null
  let headers: Handler = () => null
  const session = {
    setPermissionRequestHandler: (handler: Handler) => void (request = handler),
    setPermissionCheckHandler: () => {},
    webRequest: { onHeadersReceived: (handler: Handler) => void (headers = handler) },
  }
  guardSession(session as unknown as Session)
  const asked = (permission: string, url = 'app://studio/') => {
    let answer: unknown
    request({ getURL: () => url }, permission, (granted: boolean) => (answer = granted))
    return answer
  }
  expect(['fullscreen', 'media', 'geolocation', 'notifications'].map((name) => asked(name))).toEqual([
    true,
    false,
    false,
    false,
  ])
  expect(asked('fullscreen', 'https://evil.example/')).toBe(false)
  headers({ responseHeaders: { a: ['b'] } }, (answer: unknown) =>
    expect(answer).toMatchObject({ responseHeaders: { a: ['b'], 'content-security-policy': [expect.any(String)] } }),
  )
})

test('only the main frame of our own window, showing our own page, is a sender', () => {
  const mainFrame = { url: 'app://studio/annotate' } as WebFrameMain
  const own = { mainFrame } as WebContents
  expect(isOwnFrame(mainFrame, own)).toBe(true)
  expect(isOwnFrame({ url: 'app://studio/annotate' } as WebFrameMain, own)).toBe(false)
  expect(isOwnFrame(null, own)).toBe(false)
  expect(isOwnFrame(mainFrame, undefined)).toBe(false)
  const strayed = { url: 'https://evil.example/' } as WebFrameMain
  expect(isOwnFrame(strayed, { mainFrame: strayed } as WebContents)).toBe(false)
  expect(isOurs('app://studio.evil/')).toBe(false)
})
