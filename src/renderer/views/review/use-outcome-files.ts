import { type Ref, ref } from 'vue'
import type { Evaluation, Outcome } from '@shared/contract/evaluation'
import { FilmFormat, type OutcomeFormat } from '@shared/contract/films'
import { useApi } from '@renderer/connection/api'
import { downloadMade } from '@renderer/desk/download'
import { useNotices } from '@renderer/stores/notices'

/** What the wall shows, or the whole evaluation, as files; one at a time, as films take a while. */
export function useOutcomeFiles(
  evaluation: Ref<Evaluation | null>,
  shown: { rows: Ref<readonly Outcome[]>; title: Ref<string> },
) {
  const api = useApi()
  const notices = useNotices()
  const busy = ref(false)

  async function save(format: OutcomeFormat, whole: boolean): Promise<void> {
    const { value: of } = evaluation
    const outcomes = whole ? undefined : shown.rows.value.map(({ id }) => id)
    if (!of || busy.value || outcomes?.length === 0) return
    busy.value = true
    const made = await notices.tried(api.films.outcomes({ evaluation: of.id, outcomes, format }))
    busy.value = false
    const ending = FilmFormat.safeParse(format).success ? 'zip' : format
    if (made) downloadMade(`${of.name} ${whole ? 'all' : shown.title.value}.${ending}`, made)
  }

  return { busy, save }
}
