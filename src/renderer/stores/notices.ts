import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { isKept } from '@renderer/connection/api'
import { troubleOf } from '@renderer/connection/trouble'

export interface Notice {
  id: number
  kind: 'done' | 'info' | 'error'
  text: string
  /** Second line: why, and what to do. */
  more?: string
  /** The one thing to do about it: "Undo", "Open". */
  action?: { name: string; keys?: string; run: () => void }
}

/** More would hide what they are about. */
const most = 2

/** Short words at the bottom left after something happened; never the only trace of it. */
export const useNotices = defineStore('notices', () => {
  const notices = shallowRef<readonly Notice[]>([])
  let last = 0

  function show(notice: Omit<Notice, 'id'>): void {
    notices.value = [...notices.value.slice(1 - most), { id: ++last, ...notice }]
  }

  function close(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }

  /** Says that something was done, with the way back where there is one. */
  function done(text: string, undo?: () => void): void {
    show({ kind: 'done', text, action: undo && { name: 'Undo', keys: 'Ctrl+Z', run: undo } })
  }

  /** What was said of another project leads nowhere here. */
  function clear(): void {
    notices.value = []
  }

  /** After an undo the ways back that were offered lead elsewhere. */
  function closeUndos(): void {
    notices.value = notices.value.filter(({ action }) => action?.name !== 'Undo')
  }

  /** Says why something could not be done; of an edit that is kept to be written later, the banner above the page does. */
  function fail(error: unknown): void {
    if (!isKept(error)) say(error)
  }

  function say(error: unknown): void {
    const { what, advice, particulars } = troubleOf(error)
    show({ kind: 'error', text: what, more: [advice, ...particulars.slice(0, 2)].filter(Boolean).join('\n') })
  }

  /** Runs what a person asked for; a failure is said, and null comes back. */
  async function tried<T>(work: Promise<T>): Promise<T | null> {
    try {
      return await work
    } catch (error) {
      fail(error)
      return null
    }
  }

  return { notices, show, close, clear, closeUndos, done, fail, say, tried }
})
