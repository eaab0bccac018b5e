import type { Track } from '@shared/contract/annotation'
import type { Card, ClassProbability, Explanation, HeatMap, MaskCheck, Prediction } from '@shared/contract/explanation'
import type { VideoDetail } from '@shared/contract/library'
import { failureFrom } from '@shared/failures'
import type { AttributeId, ClassId, RunId, VideoId } from '@shared/ids'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { useApi } from '../api'
import { useChanges } from './changes'
import { useNotices } from './notices'
import { usePlayerStore } from './player'

/** What is asked of a video; null leaves the choice to the model (its prediction, its runner-up). */
interface Asked {
  pos: ClassId | null
  neg: ClassId | null
}

/** Why A, not B: the question of one video, its answer, and what was tried on it. */
export const useExplanation = defineStore('explanation', () => {
  const api = useApi()
  const notices = useNotices()
  const videos = usePlayerStore()
  const video = shallowRef<VideoDetail | null>(null)
  const truth = shallowRef<readonly Track[]>([])
  const answer = shallowRef<Explanation | null>(null)
  const predicted = shallowRef<Prediction | null>(null)
  const state = ref<'empty' | 'asking' | 'ready' | 'noExplainer' | 'noClassifier' | 'failed'>('empty')
  const problem = shallowRef<unknown>(null)
  const run = shallowRef<RunId | null>(null)
  const trim = ref(false)
  const chosen = ref(0)
  const check = shallowRef<MaskCheck | null>(null)
  const union = shallowRef<MaskCheck | null>(null)
  const heat = shallowRef<HeatMap | null>(null)
  let asking = new AbortController()
  let trying = new AbortController()

  const prediction = computed(() => answer.value?.prediction ?? predicted.value)
  const classes = computed<readonly ClassProbability[]>(() => prediction.value?.classes ?? [])
  const cards = computed<readonly Card[]>(() => answer.value?.cards ?? [])
  const card = computed(() => cards.value[chosen.value] ?? null)
  const pos = computed(() => answer.value?.pos ?? null)
  const neg = computed(() => answer.value?.neg ?? null)

  /** Opens a video and asks the model's own question about it. */
  async function open(id: VideoId): Promise<void> {
    const signal = begin()
    video.value = null
    answer.value = null
    predicted.value = null
    try {
      const [detail, said] = await Promise.all([videos.detail(id), api.annotation.get({ video: id }, { signal })])
      if (signal.aborted) return
      video.value = detail
      truth.value = said.tracks
      await answerTo(id, { pos: null, neg: null }, signal)
    } catch (error) {
      if (!signal.aborted) fail(error)
    }
  }

  /** Asks about other classes; what is left out stays. The same class twice swaps them. */
  async function ask(wanted: Partial<Asked>): Promise<void> {
    const id = video.value?.id
    if (!id) return
    const next: Asked = { pos: pos.value, neg: neg.value, ...wanted }
    if (next.pos !== null && next.pos === next.neg) {
      if (wanted.pos !== undefined) next.neg = pos.value
      else next.pos = neg.value
    }
    const signal = begin()
    await answerTo(id, next, signal).catch((error: unknown) => !signal.aborted && fail(error))
  }

  const reverse = () => ask({ pos: neg.value, neg: pos.value })

  function setTrim(wanted: boolean): Promise<void> {
    trim.value = wanted
    return ask({})
  }

  async function answerTo(id: VideoId, asked: Asked, signal: AbortSignal): Promise<void> {
    const question = {
      ...{ video: id, run: run.value ?? undefined, count: 50, options: { trim: trim.value } },
      ...{ pos: asked.pos ?? undefined, neg: asked.neg ?? undefined },
    }
    const found = await api.explanation.explain(question, { signal })
    if (signal.aborted) return
    answer.value = found
    state.value = 'ready'
    choose(0)
  }

  function begin(): AbortSignal {
    asking.abort()
    trying.abort()
    asking = new AbortController()
    check.value = null
    union.value = null
    heat.value = null
    problem.value = null
    state.value = 'asking'
    return asking.signal
  }

  function fail(error: unknown): void {
    problem.value = error
    const code = failureFrom(error as { code?: unknown; data?: unknown })?.code
    state.value = code === 'NO_EXPLAINER' ? 'noExplainer' : code === 'NO_CLASSIFIER' ? 'noClassifier' : 'failed'
    if (state.value === 'noExplainer') void predict()
  }

  /** Without an explanation model the classes can still be shown. */
  async function predict(): Promise<void> {
    const id = video.value?.id
    const { signal } = asking
    if (!id) return
    try {
      const said = await api.explanation.predict({ video: id }, { signal })
      if (!signal.aborted) predicted.value = said
    } catch (error) {
      const code = failureFrom(error as { code?: unknown; data?: unknown })?.code
      if (!signal.aborted && code === 'NO_CLASSIFIER') state.value = 'noClassifier'
    }
  }

  /** Chooses a card and masks its tube, to see whether the answer depends on it. */
  function choose(index: number): void {
    chosen.value = Math.min(Math.max(0, index), Math.max(0, cards.value.length - 1))
    check.value = null
    heat.value = null
    trying.abort()
    trying = new AbortController()
    if (card.value && card.value.tube.length > 0) void tryMask([card.value], (found) => (check.value = found))
  }

  /** Masks the best two tubes together. */
  function tryUnion(): void {
    union.value = null
    void tryMask(cards.value.slice(0, 2), (found) => (union.value = found))
  }

  async function tryMask(masked: readonly Card[], take: (found: MaskCheck) => void): Promise<void> {
    const about = answer.value
    const tubes = masked.map(({ tube }) => tube).filter((tube) => tube.length > 0)
    if (!about || tubes.length === 0) return
    const { signal } = trying
    try {
      const found = await api.explanation.check({ video: about.video, run: about.run, tubes }, { signal })
      if (!signal.aborted && answer.value === about) take(found)
    } catch (error) {
      if (!signal.aborted) notices.fail(error)
    }
  }

  /** Reads the map of the chosen card. */
  async function readHeat(): Promise<void> {
    const [about, attribute] = [answer.value, card.value?.attribute]
    if (!about || !attribute) return
    const { signal } = trying
    const question = { video: about.video, run: about.run, pos: about.pos, neg: about.neg, attribute }
    try {
      const found = await api.explanation.heat(question, { signal })
      if (!signal.aborted && answer.value === about && card.value?.attribute === attribute) heat.value = found
    } catch (error) {
      if (!signal.aborted) notices.fail(error)
    }
  }

  /** The answer as one page that needs nothing else. */
  async function page(): Promise<string | null> {
    const about = answer.value
    if (!about) return null
    const { video, run, pos, neg, options, cards } = about
    const asked = { video, run, pos, neg, options, count: Math.max(1, cards.length) }
    return (await notices.tried(api.explanation.html(asked)))?.html ?? null
  }

  const truthOf = (attribute: AttributeId) => truth.value.filter((track) => track.attribute === attribute)

  useChanges().on('annotation', async (ids) => {
    const id = video.value?.id
    if (!id || (ids.length > 0 && !ids.includes(id))) return
    const said = await notices.tried(api.annotation.get({ video: id }))
    if (said && video.value?.id === id) truth.value = said.tracks
  })

  return {
    ...{ video, truth, answer, prediction, classes, cards, card, pos, neg, state, problem, run, trim, chosen },
    ...{ check, union, heat, open, ask, reverse, setTrim, choose, tryUnion, readHeat, page, truthOf },
  }
})
