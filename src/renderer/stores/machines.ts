import type { Machine } from '@shared/contract/machines'
import { defineStore } from 'pinia'
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useApi } from '@renderer/connection/api'
import { useChanges } from './changes'
import { useNotices } from './notices'
import { useProject } from './project'

/** How far a worker is, and that one is lost, is seen by looking again. */
const lookEveryMs = 3_000

/** Workers on other machines, and what they do. */
export const useMachines = defineStore('machines', () => {
  const api = useApi()
  const notices = useNotices()
  const machines = shallowRef<readonly Machine[]>([])
  /** Work of models lies on a Redis, for workers. */
  const isShared = ref(false)
  /** What starts a worker; null until an owner asked for it. */
  const command = ref<string | null>(null)

  async function refresh(): Promise<void> {
    const found = await notices.tried(api.machines.list())
    if (!found) return
    machines.value = found.machines
    isShared.value = found.isShared
  }

  async function drain({ id }: Machine, wanted: boolean): Promise<void> {
    await notices.tried(api.machines.drain({ id, drain: wanted }))
    await refresh()
  }

  async function forget({ id }: Machine): Promise<void> {
    await notices.tried(api.machines.forget({ id }))
    await refresh()
  }

  async function askCommand(): Promise<void> {
    command.value = (await notices.tried(api.machines.invite()))?.command ?? null
  }

  useChanges().on('machines', () => void refresh())
  const looking = setInterval(() => isShared.value && void refresh(), lookEveryMs)
  onScopeDispose(() => clearInterval(looking))
  watch(() => useProject().key, refresh)
  void refresh()
  return { machines, isShared, command, refresh, drain, forget, askCommand }
})
