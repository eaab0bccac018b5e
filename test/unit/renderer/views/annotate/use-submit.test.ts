import { type Router, createMemoryHistory, createRouter } from 'vue-router'
import { computed, ref } from 'vue'
import { beforeEach, expect, test } from 'vitest'
import type { VideoId } from '@shared/ids'
import { VideoQuery } from '@shared/contract/library'
import type { QueueOf } from '@shared/contract/work'
import { useVideoList } from '@renderer/desk/use-video-list'
import { useAnnotation } from '@renderer/stores/annotation'
import { useProject } from '@renderer/stores/project'
import { useWork } from '@renderer/stores/work'
import { useSubmit } from '@renderer/views/annotate/use-submit'
import { type FakeStudio, aVideo, fakeStudio } from '../../../../support/fake-api'
import { inStudio, settled } from '../../in-studio'

let studio: FakeStudio
let router: Router

beforeEach(() => {
  studio = fakeStudio({ videos: 4 })
  router = createRouter({
    history: createMemoryHistory(),
    routes: [{ name: 'annotate', path: '/annotate/:video?', component: {} }],
  })
})

/** The first video is open in Annotate; nothing is missing in it. */
async function atFirst({ text = '' } = {}) {
  await router.push('/annotate/v0')
  const video = ref<VideoId | undefined>()
  const use = () => {
    const list = useVideoList(
      () => [{ text }],
      () => video.value,
    )
    const around = computed(() => ({
      previous: list.previous.value,
      next: list.next.value,
      settled: list.settled,
    }))
    const submission = useSubmit(ref([]), around)
    return { submission, annotation: useAnnotation(), work: useWork(), project: useProject() }
  }
  const { result } = inStudio(studio, use, [router])
  await result.project.refresh()
  await result.annotation.open(aVideo(0).id)
  await result.work.stand(aVideo(0).id)
  const open = () => (video.value = aVideo(0).id)
  return { ...result, open }
}

const shown = () => router.currentRoute.value.params.video
const allVideos: QueueOf = { what: 'videos', query: VideoQuery.parse({}), except: [] }

test('submitting right after a video opened goes on, though its place in the list is answered late', async () => {
  const { submission, open } = await atFirst()
  const answer = studio.hold('library.place')
  open()
  const submitted = submission.submit()
  await settled()
  expect(shown()).toBe('v0')
  answer()
  await submitted
  await settled()
  expect(shown()).toBe('v1')
})

test('submitting goes on to what is open now, though the queue is read anew while it is read', async () => {
  const { submission, work, open } = await atFirst()
  open()
  await work.enter('All videos', allVideos, aVideo(0).id)
  // The same person, in another window.
  await studio.api.work.submit({ video: aVideo(1).id })
  const first = studio.hold('work.queue')
  const submitted = submission.submit()
  await settled()
  const second = studio.hold('work.queue')
  // The studio tells every window of what was submitted.
  studio.change({ area: 'work', ids: [] })
  await settled()
  first()
  await settled()
  second()
  await submitted
  await settled()
  expect(shown()).toBe('v2')
})

test('a video that its list no longer holds once it is submitted goes on to the one that came after it', async () => {
  const { submission, open } = await atFirst()
  open()
  await settled()
  const submitted = studio.hold('work.submit')
  const done = submission.submit()
  studio.state.videos = studio.state.videos.slice(1)
  studio.change({ area: 'library', ids: [] })
  await new Promise((resolve) => setTimeout(resolve, 300))
  submitted()
  await done
  await settled()
  expect(shown()).toBe('v1')
})
