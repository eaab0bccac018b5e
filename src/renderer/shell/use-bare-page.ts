import { type ComputedRef, computed } from 'vue'
import { useRoute } from 'vue-router'
import { useItem } from '@renderer/stores/item'
import { usePeople } from '@renderer/stores/people'
import { itemPage } from './router'

/**
 * Whether a page stands alone, without the frame of the window. An annotator of a project that asks its videos in
 * campaigns sees what is asked of them and nothing else; others may look at that page too. Null until that is known.
 */
export function useBarePage(): { onlyAnswers: ComputedRef<boolean | null>; isBare: ComputedRef<boolean | null> } {
  const people = usePeople()
  const route = useRoute()
  const onlyAnswers = computed(() => {
    if (!people.me) return null
    if (people.me.role !== 'annotator') return false
    const { campaigns } = useItem()
    return campaigns && campaigns.length > 0
  })
  const isBare = computed(() => (onlyAnswers.value === null ? null : onlyAnswers.value || route.name === itemPage))
  return { onlyAnswers, isBare }
}
