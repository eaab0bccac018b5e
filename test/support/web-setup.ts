import { config } from '@vue/test-utils'
import { afterEach, vi } from 'vitest'
import * as components from 'vuetify/components'
import { createVuetify } from 'vuetify'

/** Components in tests find Vuetify's, as the build's plugin gives them; a warning of Vue fails the test. */
config.global.plugins = [createVuetify({ components })]
config.global.stubs = { transition: false }

const warn = vi.spyOn(console, 'warn')

afterEach(() => {
  const said = warn.mock.calls.map((call) => String(call[0])).filter((text) => text.startsWith('[Vue warn]'))
  warn.mockClear()
  if (said.length > 0) throw new Error(`Vue warned: ${said.join('\n')}`)
})
