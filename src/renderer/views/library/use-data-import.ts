import type { DataPlan, DataReport, FormatInfo } from '@shared/contract/interchange'
import type { JobId } from '@shared/ids'
import { type Ref, computed, reactive, ref, shallowRef, watch } from 'vue'
import { useApi } from '@renderer/connection/api'
import { useJobs } from '@renderer/stores/jobs'
import { useNotices } from '@renderer/stores/notices'

/** An import of annotations from path to report: what it would do is asked again whenever the plan changes. */
export function useDataImport(open: Ref<boolean>) {
  const api = useApi()
  const jobs = useJobs()
  const { path, plan, source, forget } = useSource()
  const formats = shallowRef<FormatInfo[]>([])
  const error = shallowRef<unknown>(null)
  const job = ref<JobId | null>(null)

  watch(open, async (isOpen) => {
    if (!isOpen) return
    ;[report.value, error.value, job.value] = [null, null, null]
    forget()
    formats.value = (await api.interchange.formats()).filter(({ reads }) => reads)
  })

  const asked = computed(() => (open.value && source.value.path !== '' && !job.value ? source.value : null))
  const { report, looking, seen } = usePreview(asked, error)
  /** The format that is read: the one asked for, or the one found by looking. */
  const format = computed(() => {
    const wanted = plan.format === 'auto' ? seen.value : plan.format
    return formats.value.find(({ name }) => name === wanted)
  })

  async function start(): Promise<void> {
    try {
      job.value = (await api.interchange.import(source.value)).job
    } catch (reason) {
      error.value = reason
    }
  }

  const current = computed(() => jobs.of(job.value))
  const shown = { report, error, looking, current }
  return { path, plan, format, formats, ...shown, start, cancel: (id: JobId) => jobs.cancel(id), undo: useUndo(open) }
}

/** What nobody has said yet how it is to come in. */
function usualPlan() {
  return {
    ...{ format: 'auto', person: '', newWords: 'make' as DataPlan['newWords'], shift: 0, scale: 1 },
    existing: 'keep' as DataPlan['existing'],
    clip: false,
    ...saidOfNothing(),
  }
}

/** What is said of one file and its names. */
function saidOfNothing(): Pick<DataPlan, 'options' | 'videos' | 'classes' | 'attributes'> {
  return { options: {}, videos: {}, classes: {}, attributes: {} }
}

/** What is to come in, and how. */
function useSource() {
  const path = ref('')
  const plan = reactive(usualPlan())
  const source = computed(() => ({
    path: path.value.trim(),
    plan: { ...plan, person: plan.person.trim() || null },
  }))
  /** What was said of an import before would go unseen into the next one. */
  const forget = () => {
    path.value = ''
    Object.assign(plan, usualPlan())
  }
  watch(path, () => Object.assign(plan, saidOfNothing()))
  watch(
    () => plan.format,
    () => (plan.options = {}),
  )
  return { path, plan, source, forget }
}

/** What an import would do. An answer that arrives after a newer question is dropped. */
function usePreview(asked: Ref<{ path: string; plan: DataPlan } | null>, error: Ref<unknown>) {
  const api = useApi()
  const report = shallowRef<DataReport | null>(null)
  const looking = ref(false)
  /** The format last found in this file, which something wrong said of it does not make another. */
  const seen = ref('')
  let latest = 0
  let asking = new AbortController()

  watch(
    () => asked.value?.path,
    () => (seen.value = ''),
  )
  watch(asked, async (source) => {
    const mine = ++latest
    // A large file is not read on for nobody.
    asking.abort()
    asking = new AbortController()
    if (!source) return void (report.value = null)
    looking.value = true
    try {
      const found = await api.interchange.preview(source, { signal: asking.signal })
      if (mine === latest) [report.value, error.value, seen.value] = [found, null, found.format]
    } catch (reason) {
      if (mine === latest) [report.value, error.value] = [null, reason]
    } finally {
      if (mine === latest) looking.value = false
    }
  })
  return { report, looking, seen }
}

/** Takes a whole import back, and closes. */
function useUndo(open: Ref<boolean>) {
  const api = useApi()
  const notices = useNotices()
  return async (step: number): Promise<void> => {
    const taken = await notices.tried(api.interchange.undo({ step }))
    if (!taken) return
    notices.show({ kind: 'info', text: `Undone: ${taken.label}` })
    open.value = false
  }
}
