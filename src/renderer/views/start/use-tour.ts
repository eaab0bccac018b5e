import { computed, ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import { hasEnded, useJobs } from '@renderer/stores/jobs'
import { useProject } from '@renderer/stores/project'
import { useShell } from '@renderer/stores/shell'

/** Opening the quick tour: at once where it is there, else with its job's progress, then on to the library. */
export function useTour() {
  const project = useProject()
  const jobs = useJobs()
  const router = useRouter()
  const shell = useShell()
  const asked = ref(false)
  const failure = ref('')
  const isMaking = computed(() => asked.value)

  async function begin(): Promise<void> {
    asked.value = true
    failure.value = ''
    const opened = await project.tour()
    if (opened && !project.tourJob) await arrive()
    else if (!opened) asked.value = false
  }

  async function arrive(): Promise<void> {
    asked.value = false
    await project.refresh()
    await router.push({ name: 'library' })
    shell.walk = 0
  }

  watch(
    () => jobs.of(project.tourJob),
    (job) => {
      if (!asked.value || !job || !hasEnded(job)) return
      if (job.state === 'done') return void arrive()
      asked.value = false
      failure.value = job.failure?.message ?? 'The tour was stopped before it was ready. Open it again to go on.'
    },
  )
  return { begin, isMaking, failure }
}
