import { type Actor, type Role, may } from '@shared/actor'
import type { Person } from '@shared/contract/people'
import type { LinkId, PersonId, SessionId } from '@shared/ids'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { useApi } from '@renderer/connection/api'
import { useChanges } from './changes'
import { useNotices } from './notices'

/** A secret just made: shown until it is put away, as nobody can read it again. */
export interface FreshSecret {
  for: string
  kind: 'link' | 'token'
  text: string
}

/** Who asks, and (for owners) who else may come in. */
export const usePeople = defineStore('people', () => {
  const api = useApi()
  const notices = useNotices()
  const me = shallowRef<Actor | null>(null)
  const people = shallowRef<readonly Person[]>([])
  const fresh = shallowRef<FreshSecret | null>(null)
  const isOwner = computed(() => me.value?.role === 'owner')
  /** Whoever looks at the work of others. */
  const isReviewer = computed(() => me.value !== null && may(me.value, 'reviewer'))

  async function refresh(): Promise<void> {
    me.value = (await notices.tried(api.people.me())) ?? me.value
    people.value = isOwner.value ? ((await notices.tried(api.people.list())) ?? people.value) : []
  }

  const nameOf = (id: PersonId) => people.value.find((person) => person.id === id)?.name ?? ''
  /** The whole address where this window has one; Electron's window has no server, so the path alone. */
  const whole = (path: string) => (location.protocol.startsWith('http') ? `${location.origin}${path}` : path)

  async function add(name: string, role: Role): Promise<boolean> {
    const link = await notices.tried(api.people.add({ name, role }))
    if (link) fresh.value = { for: name, kind: 'link', text: whole(link.path) }
    await refresh()
    return link !== null
  }

  async function createLink(id: PersonId): Promise<void> {
    const link = await notices.tried(api.people.createLink({ id }))
    if (link) fresh.value = { for: nameOf(id), kind: 'link', text: whole(link.path) }
    await refresh()
  }

  async function createToken(id: PersonId, name: string): Promise<void> {
    const made = await notices.tried(api.people.createToken({ id, name }))
    if (made) fresh.value = { for: nameOf(id), kind: 'token', text: made.token }
    await refresh()
  }

  async function after(change: Promise<null>): Promise<void> {
    await notices.tried(change)
    await refresh()
  }

  const rename = (id: PersonId, name: string) => after(api.people.rename({ id, name }))
  const revoke = (id: PersonId) => after(api.people.revoke({ id }))
  const removeLink = (id: LinkId) => after(api.people.removeLink({ id }))
  const endSession = (id: SessionId) => after(api.people.endSession({ id }))
  const putAway = () => (fresh.value = null)

  useChanges().on('people', () => void refresh())
  useChanges().on('project', () => void refresh())
  void refresh()
  return {
    ...{ me, people, fresh, isOwner, isReviewer, refresh, add, rename, revoke },
    ...{ createLink, removeLink, createToken, endSession, putAway },
  }
})
