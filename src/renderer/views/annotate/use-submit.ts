import { type Ref, computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { VideoId } from '@shared/ids'
import { useAnnotation } from '@renderer/stores/annotation'
import { useWork } from '@renderer/stores/work'
import type { AttributeRow } from './attribute-rows'
import { isComplete, missingOf } from './missing'

interface Around {
  previous: VideoId | null
  next: VideoId | null
}

/** Submitting, skipping, and where to go from a video: through the queue, or where it is in none, through `list`. */
export function useSubmit(rows: Ref<readonly AttributeRow[]>, list: { value: Around }) {
  const annotation = useAnnotation()
  const work = useWork()
  const route = useRoute()
  const router = useRouter()
  /** A submission was asked for that leaves something out; asked once more, it is made. */
  const warned = ref(false)
  const missing = computed(() => missingOf(rows.value, annotation.video))
  const around = computed<Around>(() => (work.queue && work.queue.index !== null ? work.queue : list.value))

  const show = (video: VideoId | null) => void router.push({ name: 'annotate', params: video ? { video } : {} })

  function go(direction: 1 | -1): void {
    const next = direction === 1 ? around.value.next : around.value.previous
    if (next) show(next)
  }

  /** The next video that is not done; without one, the end of the queue. */
  function goOn(): void {
    const { queue } = work
    if (queue && queue.index !== null) show(queue.open)
    else if (list.value.next) show(list.value.next)
  }

  async function submit(): Promise<void> {
    const { back } = route.query
    if (typeof back === 'string' && back.startsWith('/')) return void router.push(back)
    const { video } = annotation
    if (!video) return
    // An answer on its way is part of what is submitted.
    await annotation.settled()
    if (!warned.value && !isComplete(missing.value)) return void (warned.value = true)
    warned.value = false
    if (await work.submit(video.id)) goOn()
  }

  async function skip(reason: string): Promise<void> {
    const { video } = annotation
    if (video && (await work.skip(video.id, reason))) goOn()
  }

  watch([() => annotation.video?.id, missing], () => (warned.value = false))
  return { warned, missing, around, go, submit, skip }
}
