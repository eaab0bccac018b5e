import type { OpenProject, ProjectInfo, RecentProject } from '@shared/contract/project'
import type { JobId } from '@shared/ids'
import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { useApi } from '@renderer/connection/api'
import { troubleOf } from '@renderer/connection/trouble'
import { useChanges } from './changes'
import { useNotices } from './notices'

/** The open project, and those opened lately. */
export const useProject = defineStore('project', () => {
  const api = useApi()
  const notices = useNotices()
  const current = shallowRef<OpenProject | null>(null)
  /** Tells one project from another; null without one. Who is not told where it lies knows it by its id. */
  const key = computed(() => current.value && (current.value.path ?? current.value.id))
  const recent = shallowRef<readonly RecentProject[]>([])
  /** False until it is known whether a project is open. */
  const known = ref(false)
  const tourJob = ref<JobId | null>(null)

  async function refresh(): Promise<void> {
    try {
      current.value = await api.project.current()
      known.value = true
    } catch (error) {
      if (known.value) notices.fail(error)
    }
  }

  async function refreshRecent(): Promise<void> {
    recent.value = (await notices.tried(api.project.recent())) ?? []
  }

  /** A project that does not open, for which there may be a backup. */
  const broken = ref<string | null>(null)

  async function take(opening: Promise<ProjectInfo>): Promise<boolean> {
    const info = await notices.tried(opening)
    if (info) current.value = info
    return info !== null
  }

  /** Where only a backup helps, the list of them is shown beside the reason. */
  async function open(path: string): Promise<boolean> {
    const opening = api.project.open({ path })
    opening.catch((error: unknown) => {
      if (['PROJECT_DAMAGED', 'PROJECT_FROM_FUTURE'].includes(troubleOf(error).code)) broken.value = path
    })
    return take(opening)
  }

  async function close(): Promise<void> {
    await notices.tried(api.project.close())
    await refresh()
  }

  /** Opens the quick tour; where it is made first, `tourJob` says which job tells how far that is. */
  async function tour(): Promise<boolean> {
    const opened = await notices.tried(api.project.tour())
    tourJob.value = opened?.job ?? null
    if (opened) current.value = opened.project
    return opened !== null
  }

  const changes = useChanges()
  changes.on('project', () => void refresh())
  // What it holds is counted anew; an import tells many times.
  const counted = useDebounceFn(refresh, 500, { maxWait: 2000 })
  changes.on('library', () => void counted())
  void refresh()
  const ways = waysIn(api, take)
  return { current, key, recent, known, broken, tourJob, refresh, refreshRecent, open, ...ways, close, tour }
})

/** How a project comes to be open, beside opening its folder. */
function waysIn({ project }: ReturnType<typeof useApi>, take: (opening: Promise<ProjectInfo>) => Promise<boolean>) {
  return {
    create: (path: string, name?: string) => take(project.create({ path, name })),
    restore: (path: string, backup: string) => take(project.restore({ path, backup })),
    unpack: (archive: string, path: string) => take(project.unpack({ archive, path })),
  }
}
