import type { ExplainOptions } from '@shared/config/explainer'
import type { Track } from '@shared/contract/annotation'
import type {
  Card,
  ClassProbability,
  Explanation,
  HeatMap,
  MaskCheck,
  Prediction,
  SecondAnswer,
} from '@shared/contract/explanation'
import type { VideoDetail } from '@shared/contract/library'
import { failureFrom } from '@shared/failures'
import type { AttributeId, ClassId, VideoId } from '@shared/ids'
import { defineStore } from 'pinia'
import { type Ref, computed, ref, shallowRef, watch } from 'vue'
import { useApi } from '@renderer/connection/api'
import { useChanges } from './changes'
import { useNotices } from './notices'
import { usePlayerStore } from './player'
import { useProject } from './project'

/** What is asked of a video; null leaves the choice to the model (its prediction, its runner-up). */
interface Asked {
  pos: ClassId | null
  neg: ClassId | null
}

export type ExplanationState = 'empty' | 'asking' | 'ready' | 'noExplainer' | 'noClassifier' | 'failed'

const codeOf = (error: unknown) => failureFrom(error as { code?: unknown; data?: unknown })?.code

/** The video that is asked about, and people's boxes in it. */
function useSubject() {
  const api = useApi()
  const notices = useNotices()
  const videos = usePlayerStore()
  const video = shallowRef<VideoDetail | null>(null)
  const truth = shallowRef<readonly Track[]>([])

  async function read(id: VideoId, signal: AbortSignal): Promise<void> {
    video.value = null
    const [detail, said] = await Promise.all([
      videos.detail(id),
      api.annotation.get({ video: id, of: 'everybody' }, { signal }),
    ])
    if (signal.aborted) return
    video.value = detail
    truth.value = said.tracks
  }

  const changes = useChanges()
  watch(
    () => useProject().key,
    (_, before) => {
      if (before === null) return
      video.value = null
      truth.value = []
    },
  )
  changes.on('annotation', async (ids) => {
    const id = video.value?.id
    if (!id || (ids.length > 0 && !ids.includes(id))) return
    const said = await notices.tried(api.annotation.get({ video: id, of: 'everybody' }))
    if (said && video.value?.id === id) truth.value = said.tracks
  })

  const truthOf = (attribute: AttributeId) => truth.value.filter((track) => track.attribute === attribute)
  return { video, truth, truthOf, read }
}

/** Why it cannot be asked, and the classes that can be shown all the same. */
function useRefusal(video: Ref<VideoDetail | null>) {
  const api = useApi()
  const state = ref<ExplanationState>('empty')
  const problem = shallowRef<unknown>(null)
  const predicted = shallowRef<Prediction | null>(null)

  /** Without an explanation model the classifier still answers. */
  async function refused(error: unknown, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    const code = codeOf(error)
    problem.value = error
    state.value = code === 'NO_EXPLAINER' ? 'noExplainer' : code === 'NO_CLASSIFIER' ? 'noClassifier' : 'failed'
    const id = video.value?.id
    if (state.value !== 'noExplainer' || !id) return
    try {
      const said = await api.explanation.predict({ video: id }, { signal })
      if (!signal.aborted) predicted.value = said
    } catch (second) {
      if (!signal.aborted && codeOf(second) === 'NO_CLASSIFIER') state.value = 'noClassifier'
    }
  }

  return { state, problem, predicted, refused }
}

/** Questions and their answers; of several on their way only the last one counts. */
function useQuestion() {
  const api = useApi()
  const { read, ...subject } = useSubject()
  const { predicted, refused, state, problem } = useRefusal(subject.video)
  const answer = shallowRef<Explanation | null>(null)
  const trim = ref(false)
  const tubes = ref<ExplainOptions['tubes']>('placed')
  let asking = new AbortController()
  const [pos, neg] = [computed(() => answer.value?.pos ?? null), computed(() => answer.value?.neg ?? null)]

  function begin(): AbortSignal {
    asking.abort()
    asking = new AbortController()
    state.value = 'asking'
    return asking.signal
  }

  async function answerTo(id: VideoId, asked: Asked, signal: AbortSignal): Promise<void> {
    const classes = { pos: asked.pos ?? undefined, neg: asked.neg ?? undefined }
    const question = { video: id, count: 50, options: { trim: trim.value, tubes: tubes.value }, ...classes }
    const found = await api.explanation.explain(question, { signal })
    if (signal.aborted) return
    answer.value = found
    state.value = 'ready'
  }

  /** Opens a video and asks the model's own question about it. */
  async function open(id: VideoId): Promise<void> {
    const signal = begin()
    answer.value = null
    predicted.value = null
    await read(id, signal)
      .then(() => (signal.aborted ? undefined : answerTo(id, { pos: null, neg: null }, signal)))
      .catch((error: unknown) => refused(error, signal))
  }

  /** Asks about other classes; what is left out stays. The same class twice swaps them. */
  async function ask(wanted: Partial<Asked>): Promise<void> {
    const id = subject.video.value?.id
    if (!id) return
    const next: Asked = { pos: pos.value, neg: neg.value, ...wanted }
    if (next.pos !== null && next.pos === next.neg) {
      if (wanted.pos !== undefined) next.neg = pos.value
      else next.pos = neg.value
    }
    const signal = begin()
    await answerTo(id, next, signal).catch((error: unknown) => refused(error, signal))
  }

  const prediction = computed(() => answer.value?.prediction ?? predicted.value)
  return { ...subject, state, problem, answer, prediction, pos, neg, trim, tubes, open, ask }
}

/** Shows what a call ends with, unless another answer, or as `same` says another card, is there by then. */
function useShow(answer: Ref<Explanation | null>) {
  const notices = useNotices()
  return async <T>(call: Promise<T>, same: () => boolean, take: (found: T) => void): Promise<void> => {
    const about = answer.value
    try {
      const found = await call
      if (answer.value === about && same()) take(found)
    } catch (error) {
      if (answer.value === about && same()) notices.fail(error)
    }
  }
}

/** The same question put another way, of the pair that was answered. */
function useSecondOpinion(answer: Ref<Explanation | null>) {
  const api = useApi()
  const second = shallowRef<SecondAnswer | null>(null)
  const show = useShow(answer)

  watch(answer, (about) => {
    second.value = null
    if (!about || about.cards.length === 0) return
    const { video, run, pos, neg, options } = about
    void show(
      api.explanation.second({ video, run, pos, neg, options }),
      () => true,
      (found) => (second.value = found),
    )
  })
  return { second }
}

/** The chosen card, and what is tried on the answer: masks and the heat map. */
function useTrials(answer: Ref<Explanation | null>) {
  const api = useApi()
  const chosen = ref(0)
  const check = shallowRef<MaskCheck | null>(null)
  const union = shallowRef<MaskCheck | null>(null)
  const heat = shallowRef<HeatMap | null>(null)
  const cards = computed<readonly Card[]>(() => answer.value?.cards ?? [])
  const card = computed(() => cards.value[chosen.value] ?? null)

  const show = useShow(answer)

  function mask(masked: readonly Card[]): Promise<MaskCheck> | null {
    const tubes = masked.map(({ tube }) => tube).filter((tube) => tube.length > 0)
    if (!answer.value || tubes.length === 0) return null
    return api.explanation.check({ video: answer.value.video, run: answer.value.run, tubes })
  }

  /** Chooses a card and masks its tube, to see whether the answer depends on it. */
  function choose(index: number): void {
    chosen.value = Math.min(Math.max(0, index), Math.max(0, cards.value.length - 1))
    check.value = null
    heat.value = null
    const { value } = card
    const masked = value && mask([value])
    if (masked)
      void show(
        masked,
        () => card.value === value,
        (found) => (check.value = found),
      )
  }

  /** Masks the best two tubes together. */
  function tryUnion(): void {
    union.value = null
    const masked = mask(cards.value.slice(0, 2))
    if (masked)
      void show(
        masked,
        () => true,
        (found) => (union.value = found),
      )
  }

  /** Reads the map of the chosen card. */
  function readHeat(): void {
    const [about, { value }] = [answer.value, card]
    if (!about || !value) return
    const { video, run, pos, neg, options } = about
    const asked = api.explanation.heat({ video, run, pos, neg, attribute: value.attribute, tubes: options.tubes })
    void show(
      asked,
      () => card.value === value,
      (found) => (heat.value = found),
    )
  }

  watch(answer, () => {
    union.value = null
    choose(0)
  })
  return { chosen, cards, card, check, union, heat, choose, tryUnion, readHeat }
}

/** Why A, not B: the question of one video, its answer, and what was tried on it. */
export const useExplanation = defineStore('explanation', () => {
  const api = useApi()
  const notices = useNotices()
  const question = useQuestion()
  const { answer, prediction, pos, neg, trim, tubes, ask } = question
  const trials = { ...useTrials(answer), ...useSecondOpinion(answer) }
  const classes = computed<readonly ClassProbability[]>(() => prediction.value?.classes ?? [])
  const reverse = () => ask({ pos: neg.value, neg: pos.value })

  function setTrim(wanted: boolean): Promise<void> {
    trim.value = wanted
    return ask({})
  }

  function setTubes(wanted: ExplainOptions['tubes']): Promise<void> {
    tubes.value = wanted
    return ask({})
  }

  /** The answer as one page that needs nothing else. */
  async function page(): Promise<string | null> {
    if (!answer.value) return null
    const { video, run, pos, neg, options, cards } = answer.value
    const asked = { video, run, pos, neg, options, count: Math.max(1, cards.length) }
    return (await notices.tried(api.explanation.html(asked)))?.html ?? null
  }

  return { ...question, ...trials, classes, reverse, setTrim, setTubes, page }
})
