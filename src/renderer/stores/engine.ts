import type { EngineReport } from '@shared/contract/system'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { useApi } from '@renderer/connection/api'
import { useChanges } from './changes'
import { useNotices } from './notices'

const names = { tensorflow: 'TensorFlow', wasm: 'WebAssembly', cpu: 'plain JavaScript' } as const

/** What computes, and why this. */
export const useEngine = defineStore('engine', () => {
  const api = useApi()
  const notices = useNotices()
  const report = shallowRef<EngineReport | null>(null)

  async function refresh(): Promise<void> {
    report.value = (await notices.tried(api.system.engine())) ?? report.value
  }

  /** Installs the native engine, or looks for it again. */
  async function install(): Promise<void> {
    report.value = (await notices.tried(api.system.installEngine())) ?? report.value
  }

  /** "TensorFlow 2.21, 8 cores", or what is going on. */
  const title = computed(() => {
    const now = report.value
    if (!now || now.state === 'looking') return 'Looking for the engine'
    if (now.state === 'installing' || !now.backend) return 'Installing TensorFlow'
    const version = now.version?.split('.').slice(0, 2).join('.')
    return `${names[now.backend]}${version ? ` ${version}` : ''}, ${now.cores} cores`
  })

  useChanges().on('engine', () => void refresh())
  void refresh()
  return { report, title, refresh, install }
})
