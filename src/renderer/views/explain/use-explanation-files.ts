import { computed, ref } from 'vue'
import { cardsCsv } from '@shared/card-rows'
import type { FilmFormat } from '@shared/contract/films'
import { tubeSpan } from '@shared/geometry/tube-at'
import { useApi } from '@renderer/connection/api'
import { download, downloadMade } from '@renderer/desk/download'
import { useExplanation } from '@renderer/stores/explanation'
import { useNotices } from '@renderer/stores/notices'
import { useVocabulary } from '@renderer/stores/vocabulary'
import { filmWords } from '@renderer/words/film-words'
import { score } from '@renderer/words/format'

export type ExplanationFile = 'html' | 'json' | 'csv' | FilmFormat

/** The answer that is shown, and its chosen card, as files. */
export function useExplanationFiles() {
  const api = useApi()
  const notices = useNotices()
  const explanation = useExplanation()
  const vocabulary = useVocabulary()
  const busy = ref(false)
  const hasTube = computed(() => (explanation.card?.tube.length ?? 0) > 0)

  const question = () => `Why ${vocabulary.className(explanation.pos)}, not ${vocabulary.className(explanation.neg)}?`
  const fileName = () =>
    `${explanation.video?.name ?? 'video'} why ${vocabulary.className(explanation.pos)} not ${vocabulary.className(explanation.neg)}`

  async function film(format: FilmFormat): Promise<void> {
    const { answer, card } = explanation
    const span = card && tubeSpan(card.tube)
    if (!answer || !span) return
    const said = `${card.name}, ${card.rankedBy === 'presence' ? 'in this clip' : 'score'} ${score(card.rank)}, frames ${span.from}–${span.to}`
    const made = api.films.tube({
      ...{ video: answer.video, tube: card.tube, attribute: card.attribute, sampled: answer.prediction.frames },
      ...{ words: [question(), said], format },
    })
    const name = `${fileName()} ${card.name}${filmWords.find((one) => one.format === format)?.ending ?? ''}`
    downloadMade(name, await made)
  }

  async function page(): Promise<void> {
    const html = await explanation.page()
    if (html) download(`${fileName()}.html`, html, 'text/html')
  }

  /** Makes a file and hands it over; one at a time, as films take a while. */
  async function save(file: ExplanationFile): Promise<void> {
    const { answer, second, cards } = explanation
    if (!answer || busy.value) return
    if (file === 'csv') return download(`${fileName()}.csv`, cardsCsv(cards), 'text/csv')
    if (file === 'json') {
      const whole = JSON.stringify({ ...answer, second }, null, 2)
      return download(`${fileName()}.json`, whole, 'application/json')
    }
    busy.value = true
    await notices.tried(file === 'html' ? page() : film(file))
    busy.value = false
  }

  return { busy, hasTube, save }
}
