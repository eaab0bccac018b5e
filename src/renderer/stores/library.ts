import type {
  AnswerCounts,
  Chosen,
  LabelValue,
  VideoFacets,
  VideoQuery,
  VideoRow,
  VideoSort,
} from '@shared/contract/library'
import type { AttributeId, ClassId, VideoId } from '@shared/ids'
import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useApi } from '@renderer/connection/api'
import { counted } from '@renderer/words/format'
import { noFilter } from './video-filter'
import {
  type Extend,
  chosenOf,
  nothingSelected,
  selectAll,
  selectOnly,
  selectRange,
  selectedCount,
  toggled,
  without,
} from './selection'
import { useVideoPages } from './video-pages'
import { useChanges } from './changes'
import { useNotices } from './notices'
import { usePeople } from './people'
import { useProject } from './project'
import { useVocabulary } from './vocabulary'

const nothing: VideoFacets = {
  ...{ matching: 0, annotation: { new: 0, partly: 0, done: 0 }, splits: { train: 0, test: 0, none: 0 } },
  ...{ classes: [], attributes: [], workers: [] },
  work: { new: 0, started: 0, submitted: 0, skipped: 0, returned: 0, reviewed: 0 },
  all: { videos: 0, problems: 0, toLabel: 0, test: 0, testWithoutBoxes: 0 },
}

/** The videos that the filter shows, page by page, what there is to filter by, and what is selected. */
export const useLibrary = defineStore('library', () => {
  const project = useProject()
  const api = useApi()
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const problem = shallowRef<unknown>(null)
  const facets = shallowRef(nothing)
  const { filter, sort, direction, query, sortBy } = useQuery()
  const names = useNames(() => facets.value.workers)
  const pages = useVideoPages(() => query.value)

  const isEmpty = computed(() => state.value === 'ready' && facets.value.all.videos === 0)
  const selecting = useSelection(query, pages)
  let text = ''

  async function refresh(): Promise<void> {
    const path = project.key
    if (!path) return pages.clear()
    try {
      const [found] = await Promise.all([api.library.facets(filter.value), pages.refresh(), selecting.check()])
      if (path !== project.key) return
      facets.value = found
      state.value = 'ready'
      problem.value = null
    } catch (error) {
      if (path !== project.key) return
      problem.value = error
      state.value = 'failed'
    }
  }

  watch(
    () => project.key,
    () => {
      ;[state.value, filter.value, facets.value] = ['loading', noFilter(), nothing]
      pages.clear()
      selecting.clear()
      void refresh()
    },
    { immediate: true },
  )
  // By value: another project begins with the same empty filter, and is read once.
  watch(
    () => JSON.stringify(query.value),
    () => {
      // A person's own words come letter by letter.
      if (filter.value.text === text) void refresh()
      else void typed()
      text = filter.value.text
      pages.toTop()
      if (selecting.selection.value.all) selecting.clear()
    },
  )
  const typed = useDebounceFn(refresh, 120)
  const settled = useDebounceFn(refresh, 250, { maxWait: 1000 })
  const changes = useChanges()
  for (const area of ['library', 'annotation', 'work'] as const) changes.on(area, () => void settled())

  const { total, rowAt, need } = pages
  return {
    ...{ state, problem, filter, sort, direction, query, names, facets, total, isEmpty },
    ...{ refresh, sortBy, rowAt, need },
    ...selecting,
    ...useBulkEdits(refresh),
  }
})

/** Which videos are shown, and in which order. */
function useQuery() {
  const filter = ref(noFilter())
  const sort = ref<VideoSort>('name')
  const direction = ref<'up' | 'down'>('up')
  const query = computed<VideoQuery>(() => ({ ...filter.value, sort: sort.value, direction: direction.value }))
  /** Sorts by a column; once more turns it round. */
  function sortBy(column: VideoSort): void {
    direction.value = sort.value === column && direction.value === 'up' ? 'down' : 'up'
    sort.value = column
  }
  return { filter, sort, direction, query, sortBy }
}

/** What a filter is told with. */
function useNames(workers: () => VideoFacets['workers']) {
  const vocabulary = useVocabulary()
  return computed(() => ({
    classes: new Map(vocabulary.classes.map((info) => [info.id, info])),
    attributes: new Map(vocabulary.attributes.map((info) => [info.id, info])),
    people: new Map(workers().map(({ id, name }) => [id, name])),
  }))
}

/** What is selected, kept true to what there is. */
function useSelection(query: { value: VideoQuery }, pages: ReturnType<typeof useVideoPages>) {
  const api = useApi()
  const notices = useNotices()
  const people = usePeople()
  const mayMend = computed(() => people.isReviewer)
  const selection = shallowRef(nothingSelected)
  const answers = shallowRef<AnswerCounts | null>(null)
  const selectedTotal = computed(() => selectedCount(selection.value, pages.total.value))
  const chosen = computed<Chosen>(() => chosenOf(selection.value))
  const last = computed(() => {
    const row = selection.value.last
    return row ? (pages.known.value.get(row.id) ?? row) : undefined
  })

  async function choose(row: VideoRow, extend: Extend): Promise<void> {
    const { anchor } = selection.value
    if (extend === 'toggle') selection.value = toggled(selection.value, row, (id) => pages.known.value.get(id))
    else if (extend === 'range' && anchor !== null) await chooseRange(anchor, row)
    else selection.value = selectOnly(row)
  }

  async function chooseRange(anchor: VideoId, row: VideoRow): Promise<void> {
    const place = (video: VideoId) => api.library.place({ ...query.value, video })
    const ends = await notices.tried(Promise.all([place(anchor), place(row.id)]))
    if (!ends) return
    const [from, to] = ends.map(({ index }) => index)
    if (from === null || to === null || from === undefined || to === undefined)
      return void (selection.value = selectOnly(row))
    const range = { from: Math.min(from, to), to: Math.max(from, to) }
    const ids = await notices.tried(api.library.ids({ ...query.value, ...range }))
    if (ids) selection.value = selectRange(selection.value, ids, row)
  }

  function chooseAll(): void {
    selection.value = selectAll({ ...query.value }, null)
  }

  const clear = () => (selection.value = nothingSelected)

  /** Counts the answers of what is selected, and lets go of videos that are gone. */
  async function check(): Promise<void> {
    const { value: now } = selection
    // What others answered is not an annotator's to see.
    if (!mayMend.value || (now.all === null && now.ids.size === 0)) return void (answers.value = null)
    const found = await api.library.answers({ videos: chosenOf(now) })
    if (selection.value !== now) return
    answers.value = found
    selection.value = without(now, found.gone)
    const { last: row } = selection.value
    if (!row || pages.known.value.has(row.id)) return
    const fresh = await api.library.video({ id: row.id }).catch(() => null)
    if (fresh && selection.value.last === row) selection.value = { ...selection.value, last: fresh }
  }

  watch(selection, (now, before) => {
    if (now.ids !== before.ids || now.all !== before.all) void notices.tried(check())
  })
  return { mayMend, selection, selectedTotal, chosen, last, answers, choose, chooseAll, clear, check }
}

/** Edits of many videos at once, each with the way back in its notice. */
function useBulkEdits(refresh: () => Promise<void>) {
  const api = useApi()
  const notices = useNotices()
  const vocabulary = useVocabulary()

  /** Takes back, or does again, the last edit of the library, and says which. */
  async function step(call: 'undo' | 'redo'): Promise<void> {
    const result = await notices.tried(api.library[call]())
    if (!result) return
    await refresh()
    notices.closeUndos()
    const nothing = call === 'undo' ? 'There is nothing to undo in the library.' : 'There is nothing to redo.'
    const did = call === 'undo' ? 'Undone' : 'Redone'
    notices.show({ kind: 'info', text: result.label === null ? nothing : `${did}: ${result.label}` })
  }
  const undo = () => step('undo')
  const redo = () => step('redo')

  async function edit(work: Promise<unknown>, text: string): Promise<void> {
    if ((await notices.tried(work.then(() => true))) === null) return
    await refresh()
    notices.done(text, () => void undo())
  }

  interface Some {
    videos: Chosen
    count: number
  }
  const many = ({ count }: Some) => counted(count, 'video')
  return {
    ...{ undo, redo },
    setGroup: (some: Some, rule: { by: 'folder' | 'ucf' | 'none' }) =>
      edit(api.library.setGroup({ videos: some.videos, rule }), `Set group on ${many(some)}`),
    setClass: (some: Some, id: ClassId | null) =>
      edit(
        api.library.setClass({ videos: some.videos, class: id }),
        `Set class ${vocabulary.className(id)} on ${many(some)}`,
      ),
    setSplit: (some: Some, split: 'train' | 'test' | null) =>
      edit(api.library.setSplit({ videos: some.videos, split }), `Set split ${split ?? 'none'} on ${many(some)}`),
    setAttribute: (some: Some, attribute: AttributeId, value: LabelValue | null) =>
      edit(
        api.library.setAttribute({ videos: some.videos, attribute, value }),
        `${vocabulary.attributeName(attribute)}: ${value ?? 'answer removed'} on ${many(some)}`,
      ),
    remove: (some: Some) => edit(api.library.remove({ videos: some.videos }), `Removed ${many(some)} from the project`),
  }
}
