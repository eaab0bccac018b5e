import { type VideoRow, VideoWindow } from '@shared/contract/library'
import type { Run } from '@shared/contract/learning'
import { type Ref, computed, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { isAllowed, nameOf, useActionRegistry } from '@renderer/actions/action-registry'
import { useApi } from '@renderer/connection/api'
import { count, counted } from '@renderer/words/format'
import { trainIcon } from '@renderer/words/icons'
import { useProject } from '@renderer/stores/project'
import { useVocabulary } from '@renderer/stores/vocabulary'
import { type Entry, matches, posterOf } from './palette-entries'

const videosShown = 6
/** Commands shown over videos and runs of the same words; asked for alone, all are. */
const mostAmongOthers = 6

/** Videos and runs of this name; an answer that arrives after a newer question is dropped. */
function useFound(settled: Ref<string>) {
  const api = useApi()
  const project = useProject()
  const videos = shallowRef<readonly VideoRow[]>([])
  const total = ref(0)
  const runs = shallowRef<readonly Run[]>([])
  let latest = 0
  watch(settled, async (text) => {
    const mine = ++latest
    const isAsked = project.current !== null && text.trim() !== '' && !text.startsWith('>')
    // Without an answer there are just no videos: the palette's commands must go on working.
    const [page, allRuns] = isAsked
      ? await Promise.all([
          api.library.videos(VideoWindow.parse({ text: text.trim(), limit: videosShown })).catch(() => null),
          api.learning.runs().catch(() => []),
        ])
      : [null, []]
    if (mine !== latest) return
    videos.value = page?.rows ?? []
    total.value = page?.total ?? 0
    runs.value = allRuns.filter(({ name }) => matches(name, text)).slice(0, 3)
  })
  return { videos, total, runs }
}

/** What the palette offers for `search`: commands at once; videos and runs for `settled`, the same a moment later. */
export function usePaletteEntries(search: Ref<string>, settled: Ref<string>) {
  const router = useRouter()
  const route = useRoute()
  const project = useProject()
  const registry = useActionRegistry()
  const vocabulary = useVocabulary()
  const { videos, total, runs } = useFound(settled)

  const onlyCommands = computed(() => search.value.startsWith('>'))
  const words = computed(() => search.value.replace(/^>/, '').trim())

  const commands = computed<Entry[]>(() =>
    registry.actions
      .filter((action) => !action.keyOnly && isAllowed(action) && matches(nameOf(action), words.value))
      .slice(0, words.value && !onlyCommands.value ? mostAmongOthers : undefined)
      .map((action) => ({
        ...{ id: action.id, group: 'Commands', title: nameOf(action), icon: action.icon, keys: action.keys?.[0] },
        run: action.run,
      })),
  )

  /** A video opens on the screen that shows videos, if one is open, else in Annotate. */
  const videoScreen = () => (route.name === 'explain' ? 'explain' : 'annotate')
  const videoEntries = computed<Entry[]>(() =>
    videos.value.map((video) => ({
      ...{ id: video.id, group: 'Videos', title: video.name, note: vocabulary.className(video.class) },
      ...{ aside: video.split ?? '', picture: posterOf(video) },
      run: () => void router.push({ name: videoScreen(), params: { video: video.id } }),
    })),
  )
  const others = computed<Entry[]>(() => {
    if (!words.value || !project.current) return []
    const attributes = vocabulary.attributes.filter(({ name }) => matches(name, words.value)).slice(0, 4)
    return [
      ...attributes.map(({ id, name, slot, videos, withBoxes }): Entry => ({
        ...{ id, group: 'Attributes and runs', title: name, slot },
        note: `${counted(videos, 'video')}, ${count(withBoxes)} with boxes`,
        run: () => void router.push({ name: 'library', params: { tab: 'videos' }, query: { attribute: id } }),
      })),
      ...runs.value.map(({ id, name, state }): Entry => ({
        ...{ id, group: 'Attributes and runs', title: name, note: state, icon: trainIcon },
        run: () => void router.push({ name: 'train', params: { run: id } }),
      })),
    ]
  })
  const entries = computed<Entry[]>(() =>
    onlyCommands.value || !words.value ? commands.value : [...commands.value, ...videoEntries.value, ...others.value],
  )
  return { entries, videosFound: total }
}
