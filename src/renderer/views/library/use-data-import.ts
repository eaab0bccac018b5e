import type { DataPlan, DataReport, FormatInfo } from '@shared/contract/interchange'
import type { JobId } from '@shared/ids'
import { type Ref, computed, reactive, ref, shallowRef, watch } from 'vue'
import { useApi } from '@renderer/connection/api'
import { useJobs } from '@renderer/stores/jobs'

/** An import of annotations from path to report: what it would do is asked again whenever the plan changes. */
export function useDataImport(open: Ref<boolean>) {
  const api = useApi()
  const jobs = useJobs()
  const path = ref('')
  const plan = reactive({
    ...{ format: 'auto', person: '', existing: 'keep' as const, newWords: 'make' as const, shift: 0, scale: 1 },
    clip: false,
    videos: {} as DataPlan['videos'],
  })
  const formats = shallowRef<FormatInfo[]>([])
  const report = shallowRef<DataReport | null>(null)
  const error = shallowRef<unknown>(null)
  const looking = ref(false)
  const job = ref<JobId | null>(null)
  let latest = 0

  const source = computed(() => ({
    path: path.value.trim(),
    plan: { ...plan, person: plan.person.trim() || null, videos: { ...plan.videos } },
  }))
  const current = computed(() => jobs.of(job.value))

  watch(open, async (isOpen) => {
    if (!isOpen) return
    ;[report.value, error.value, job.value, plan.videos] = [null, null, null, {}]
    formats.value = (await api.interchange.formats()).filter(({ reads }) => reads)
  })

  /** An answer that arrives after a newer question is dropped. */
  watch([source, open], async () => {
    const mine = ++latest
    if (!open.value || source.value.path === '' || job.value) return void (report.value = null)
    looking.value = true
    try {
      const found = await api.interchange.preview(source.value)
      if (mine === latest) [report.value, error.value] = [found, null]
    } catch (reason) {
      if (mine === latest) [report.value, error.value] = [null, reason]
    } finally {
      if (mine === latest) looking.value = false
    }
  })

  async function start(): Promise<void> {
    try {
      job.value = (await api.interchange.import(source.value)).job
    } catch (reason) {
      error.value = reason
    }
  }

  return { path, plan, formats, report, error, looking, current, start, cancel: (id: JobId) => jobs.cancel(id) }
}
