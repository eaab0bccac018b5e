import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Protocol } from 'electron'
import { afterAll, expect, test } from 'vitest'
import { registerScheme, serveOrigin } from '@main/hosts/electron/app-protocol'
import { windowOptions } from '@main/hosts/electron/window'
import { Origin } from '@main/hosts/origin'

const folder = mkdtempSync(join(tmpdir(), 'whynot-app-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
writeFileSync(join(folder, 'index.html'), '<title>WhyNot Studio</title>')
writeFileSync(
  join(folder, 'film.mp4'),
  Uint8Array.from({ length: 100 }, (_, i) => i),
)
const file = () => join(folder, 'film.mp4')
const origin = new Origin(folder, () => ({
  proxy: file,
  poster: file,
  strip: file,
  picture: () => new Uint8Array([7]),
  frame: async () => new Uint8Array([1]),
}))

let answer: (request: Request) => Promise<Response> = async () => new Response()
const protocol = {
  handle: (_: string, handler: typeof answer) => void (answer = handler),
  registerSchemesAsPrivileged: (schemes: unknown) =>
    expect(schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
    ]),
} as unknown as Protocol
serveOrigin(protocol, origin)

const get = (url: string, headers: Record<string, string> = {}) => answer(new Request(url, { headers }))

test('the scheme is as trusted as https and can stream', () => registerScheme(protocol))

test('the page comes with its policy', async () => {
  const page = await get('app://studio/')
  expect(await page.text()).toContain('WhyNot Studio')
  expect(page.headers.get('content-security-policy')).toContain("object-src 'none'")
})

test('a film seeks: the handler itself answers 206 with the bytes asked for', async () => {
  const part = await get('app://studio/media/v/proxy.mp4', { range: 'bytes=90-' })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 90-99/100'])
  expect(await part.bytes()).toEqual(Uint8Array.from({ length: 10 }, (_, i) => 90 + i))
  expect((await get('app://studio/media/v/proxy.mp4', { range: 'bytes=100-' })).status).toBe(416)
})

test('other hosts and other methods get nothing', async () => {
  expect((await get('app://elsewhere/')).status).toBe(404)
  expect((await answer(new Request('app://studio/', { method: 'POST' }))).status).toBe(405)
})

test('the window can do no more than a page', () => {
  expect(windowOptions('/preload.cjs').webPreferences).toMatchObject({
    nodeIntegration: false,
    contextIsolation: true,
    sandbox: true,
    webviewTag: false,
  })
})
