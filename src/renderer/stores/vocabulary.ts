import type { AttributeInfo, ClassInfo } from '@shared/contract/library'
import type { AttributeId, ClassId } from '@shared/ids'
import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useApi } from '@renderer/connection/api'
import { type AttributeLook, attributeLook } from '@renderer/theme/attribute-look'
import { useChanges } from './changes'
import { useNotices } from './notices'
import { useProject } from './project'

/** The classes and attributes of the project, and how they look. */
export const useVocabulary = defineStore('vocabulary', () => {
  const api = useApi()
  const project = useProject()
  const notices = useNotices()
  const classes = shallowRef<readonly ClassInfo[]>([])
  const attributes = shallowRef<readonly AttributeInfo[]>([])
  const loaded = ref(false)
  const classById = computed(() => new Map(classes.value.map((info) => [info.id, info])))
  const attributeById = computed(() => new Map(attributes.value.map((info) => [info.id, info])))

  async function refresh(): Promise<void> {
    if (!project.current) {
      classes.value = []
      attributes.value = []
      loaded.value = false
      return
    }
    const found = await notices.tried(Promise.all([api.library.classes(), api.library.attributes()]))
    if (!found) return
    ;[classes.value, attributes.value] = found
    loaded.value = true
  }

  const classOf = (id: ClassId | null) => (id === null ? undefined : classById.value.get(id))
  const attributeOf = (id: AttributeId | null) => (id === null ? undefined : attributeById.value.get(id))
  /** Its name, or a word that says there is none. */
  const className = (id: ClassId | null) => classOf(id)?.name ?? 'no class'
  const attributeName = (id: AttributeId | null) => attributeOf(id)?.name ?? 'unknown attribute'
  const lookOf = (id: AttributeId): AttributeLook => attributeLook(attributeOf(id)?.slot ?? 0)

  const changes = useChanges()
  // A labeller changes counts with each key; they are read again when the hand rests.
  const settled = useDebounceFn(refresh, 250)
  changes.on('library', () => void settled())
  changes.on('annotation', () => void settled())
  watch(() => project.key, refresh, { immediate: true })
  return { classes, attributes, loaded, refresh, classOf, attributeOf, className, attributeName, lookOf }
})
