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

/** A list that a video stands in; `settled` resolves when its place is known. */
interface AroundInList extends Around {
  settled(): Promise<void>
}

/** Submitting, skipping, and where to go from a video: through the queue, or where it is in none, through `list`. */
export function useSubmit(rows: Ref<readonly AttributeRow[]>, list: { value: AroundInList }) {
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

  /**
   * Does something to the video that is open and goes on to the next that is not done; without one, to the end of the
   * queue. Right after a video opened its place is not known yet, and once the work is done it may have none in its
   * list, so that the next is looked up between the two.
   */
  async function done(change: (video: VideoId) => Promise<boolean>): Promise<void> {
    const { video } = annotation
    if (!video) return
    await Promise.all([work.settled(), list.value.settled()])
    const { next } = list.value
    if (!(await change(video.id)) || annotation.video?.id !== video.id) return
    if (work.queue && work.queue.index !== null) show(work.queue.open)
    else if (next) show(next)
  }

  async function submit(): Promise<void> {
    const { back } = route.query
    if (typeof back === 'string' && back.startsWith('/')) return void router.push(back)
    // An answer on its way is part of what is submitted.
    await annotation.settled()
    if (!warned.value && !isComplete(missing.value)) return void (warned.value = true)
    warned.value = false
    await done(work.submit)
  }

  const skip = (reason: string) => done((video) => work.skip(video, reason))

  watch([() => annotation.video?.id, missing], () => (warned.value = false))
  return { warned, missing, around, go, submit, skip }
}
