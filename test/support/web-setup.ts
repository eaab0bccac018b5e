import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach, vi } from 'vitest'

/** What happy-dom lacks and Vuetify asks for. */
globalThis.visualViewport ??= Object.assign(new EventTarget(), {
  ...{ width: 1440, height: 900, scale: 1, offsetLeft: 0, offsetTop: 0, pageLeft: 0, pageTop: 0 },
  ...{ onresize: null, onscroll: null, onscrollend: null },
}) as unknown as VisualViewport

enableAutoUnmount(afterEach)

const warn = vi.spyOn(console, 'warn')

/** A warning of Vue fails the test that caused it. */
afterEach(() => {
  const said = warn.mock.calls.map((call) => String(call[0])).filter((text) => text.startsWith('[Vue warn]'))
  warn.mockClear()
  document.body.innerHTML = ''
  if (said.length > 0) throw new Error(`Vue warned: ${said.join('\n')}`)
})
