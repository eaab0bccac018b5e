import { beforeEach, expect, test, vi } from 'vitest'

const ports = vi.hoisted(() => ({ port1: { start: vi.fn() }, port2: {} }))
vi.mock('electron', () => ({
  MessageChannelMain: class {
    port1 = ports.port1
    port2 = ports.port2
  },
}))
const { serveBridge } = await import('@main/hosts/electron/bridge')

type Handler = (event: unknown) => unknown
const handlers = new Map<string, Handler>()
const ipc = {
  on: (name: string, handler: Handler) => void handlers.set(name, handler),
  handle: (name: string, handler: Handler) => void handlers.set(name, handler),
}
const own = { url: 'app://studio/', postMessage: vi.fn() }
const stranger = { url: 'https://evil.example/', postMessage: vi.fn() }
const upgrade = vi.fn()
let chosen = { canceled: false, filePaths: ['/videos'] }
const dialog = { showOpenDialog: vi.fn(async () => chosen) }
const window = () => ({ webContents: { mainFrame: own } })
const parts = { window, upgrade } as unknown as Parameters<typeof serveBridge>[2]
serveBridge(ipc as never, dialog as never, parts)

beforeEach(() => vi.clearAllMocks())
const from = (senderFrame: unknown) => ({ senderFrame })

test('our own window gets a port of the contract', () => {
  handlers.get('connect')?.(from(own))
  expect(upgrade).toHaveBeenCalledWith(ports.port1)
  expect(own.postMessage).toHaveBeenCalledWith('port', null, [ports.port2])
})

test('another page gets no port and no dialog', async () => {
  handlers.get('connect')?.(from(stranger))
  expect(upgrade).not.toHaveBeenCalled()
  expect(await handlers.get('choose-folder')?.(from(stranger))).toBeNull()
  expect(await handlers.get('choose-files')?.(from(null))).toEqual([])
  expect(dialog.showOpenDialog).not.toHaveBeenCalled()
})

test('dialogs give what was chosen, and nothing when they were closed', async () => {
  expect(await handlers.get('choose-folder')?.(from(own))).toBe('/videos')
  chosen = { canceled: true, filePaths: [] }
  expect(await handlers.get('choose-folder')?.(from(own))).toBeNull()
  expect(await handlers.get('choose-files')?.(from(own))).toEqual([])
})
