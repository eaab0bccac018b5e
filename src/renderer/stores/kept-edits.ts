import { useLocalStorage } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { type RefusedEdit, useApi, useConnection } from '@renderer/connection/api'
import { troubleOf } from '@renderer/connection/trouble'
import { useNotices } from './notices'
import { usePeople } from './people'
import { useProject } from './project'

/** An edit that waits for a folder to be written into, and whose it is. */
export interface KeptEdit extends RefusedEdit {
  person: string
}

type Call = (input: unknown) => Promise<unknown>

/**
 * Edits that could not be written because the project's folder is gone. They stay in this browser, each person's for
 * themselves, until they are written, saved as a file or thrown away.
 */
export const useKeptEdits = defineStore('kept-edits', () => {
  const api = useApi()
  const { refused } = useConnection()
  const [notices, people, project] = [useNotices(), usePeople(), useProject()]
  const all = useLocalStorage<KeptEdit[]>('whynot.kept-edits', [])
  const writing = ref(false)
  const person = computed(() => people.me?.id ?? '')
  const edits = computed(() => all.value.filter((edit) => edit.person === person.value))

  /** Those being written again are known already. */
  function takeRefused(): void {
    if (!person.value) return
    const fresh = refused.splice(0)
    if (fresh.length === 0 || writing.value) return
    all.value = [...all.value, ...fresh.map((edit) => ({ ...edit, person: person.value }))]
  }

  function drop(gone: readonly KeptEdit[]): void {
    all.value = all.value.filter((edit) => !gone.includes(edit))
  }

  /** Writes them in their order. What is refused for another reason than the folder stays, and the reason is shown. */
  async function write(): Promise<void> {
    if (writing.value) return
    writing.value = true
    try {
      await lookAgain()
      for (const edit of edits.value) if (!(await written(edit))) return
    } finally {
      takeRefused()
      writing.value = false
    }
  }

  /** A folder that was put back out of a copy is another one, which has to be opened. */
  async function lookAgain(): Promise<void> {
    const path = project.current?.path
    if (people.isOwner && path) await api.project.open({ path }).catch(() => null)
  }

  /** False where the folder is still gone: then the others cannot be written either. */
  async function written(edit: KeptEdit): Promise<boolean> {
    try {
      // What is watched does not go through a port.
      await callOf(api, edit.path)(JSON.parse(JSON.stringify(edit.input)))
      drop([edit])
      return true
    } catch (error) {
      notices.say(error)
      return troubleOf(error).code !== 'PROJECT_GONE'
    }
  }

  /** Saves the project in another folder, out of what the studio has open, and writes them there. */
  async function saveElsewhere(path: string): Promise<void> {
    const saved = await notices.tried(api.project.saveElsewhere({ path }))
    if (!saved) return
    project.current = saved
    await write()
  }

  watch([() => refused.length, person], takeRefused, { immediate: true })
  return { edits, writing, write, saveElsewhere, discard: () => drop(edits.value) }
})

/** The call of the contract at a path, as "annotation", "setLabel". */
function callOf(api: object, path: readonly string[]): Call {
  return path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], api) as Call
}
