import type { AnnotationChange, Annotations, AttributeSpan } from '@shared/contract/annotation'
import type { AttributeId, Frame, SpanId, VideoId } from '@shared/ids'
import { type ShallowRef, computed, shallowRef } from 'vue'
import { useApi } from '@renderer/connection/api'

/** One's own spans, and which of them is chosen: none where it is gone. */
export function useMarkedSpans(annotations: ShallowRef<Annotations | null>) {
  const chosen = shallowRef<SpanId | null>(null)
  const spans = computed<readonly AttributeSpan[]>(() => annotations.value?.spans ?? [])
  const span = computed(() => spans.value.find(({ id }) => id === chosen.value) ?? null)
  return { spans, span, chooseSpan: (id: SpanId | null) => (chosen.value = id) }
}

interface Editing {
  change<T extends AnnotationChange>(act: (video: VideoId) => Promise<T>): Promise<T | null>
  selectSpan(id: SpanId): void
}

interface Ends {
  from: Frame
  to: Frame
}

/** Every edit of spans. */
export function useSpanEdits({ change, selectSpan }: Editing) {
  const api = useApi()

  /** It is selected. */
  async function addSpan(attribute: AttributeId, ends: Ends): Promise<void> {
    const made = await change((video) => api.annotation.addSpan({ video, attribute, ...ends }))
    if (made) selectSpan(made.span)
  }

  const setSpan = (span: SpanId, ends: Ends) => change((video) => api.annotation.setSpan({ video, span, ...ends }))
  const removeSpan = (span: SpanId) => change((video) => api.annotation.removeSpan({ video, span }))
  return { addSpan, setSpan, removeSpan }
}
