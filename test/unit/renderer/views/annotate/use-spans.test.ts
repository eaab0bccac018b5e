import { ref } from 'vue'
import { beforeEach, expect, test } from 'vitest'
import type { Annotations } from '@shared/contract/annotation'
import { PersonId, SpanId } from '@shared/ids'
import type { Player } from '@renderer/canvas/player/player'
import { useAnnotation } from '@renderer/stores/annotation'
import { useNotices } from '@renderer/stores/notices'
import { spanActions } from '@renderer/views/annotate/span-actions'
import { spanRows, useSpans } from '@renderer/views/annotate/use-spans'
import { type FakeStudio, aVideo, anAttribute, fakeStudio } from '../../../../support/fake-api'
import { inStudio } from '../../in-studio'

const [pole, ball] = [anAttribute(0).id, anAttribute(1).id]
const nobody: Annotations['others'] = { people: [], labels: [], tracks: [], spans: [] }
let studio: FakeStudio
beforeEach(() => {
  studio = fakeStudio({ videos: 2 })
})

async function opened(frame = 4) {
  const { result } = inStudio(studio, () => {
    const drawn = ref<number | null>(frame)
    const spans = useSpans({ drawn } as unknown as Player, () => nobody)
    const [from, to, remove] = spanActions(spans)
    return { annotation: useAnnotation(), notices: useNotices(), spans, drawn, from: from!, to: to!, remove: remove! }
  })
  await result.annotation.open(aVideo(0).id)
  result.annotation.attribute = pole
  const go = async (to: number, key: 'from' | 'to') => {
    result.drawn.value = to
    result[key].run()
    await result.annotation.settled()
  }
  const ends = () => result.annotation.spans.map(({ from, to }) => [from, to])
  return { ...result, go, ends }
}

test('a span begins here, lasts to the end of the video, and ends where that is said', async () => {
  const { annotation, go, ends } = await opened()
  await go(4, 'from')
  expect([ends(), annotation.span?.from]).toEqual([[[4, 15]], 4])
  expect(annotation.labels).toMatchObject([{ attribute: pole, value: 'present' }])
  await go(9, 'to')
  expect(ends()).toEqual([[4, 9]])
  await go(2, 'from')
  expect(ends()).toEqual([[2, 9]])
})

test('a second one begins apart from the selected one, and ends before the next', async () => {
  const { annotation, go, ends } = await opened()
  await go(10, 'from')
  await go(12, 'to')
  annotation.select(null)
  await go(2, 'from')
  expect(ends()).toEqual([
    [2, 8],
    [10, 12],
  ])
  annotation.select(null)
  // None is selected, and one lies over the frame: that one is meant.
  await go(5, 'to')
  expect(ends()).toEqual([
    [2, 5],
    [10, 12],
  ])
  await go(14, 'from')
  expect(ends()).toEqual([
    [2, 5],
    [10, 12],
    [14, 15],
  ])
})

test('where none is meant, an end says that it is seen since the one before, or the beginning', async () => {
  const { annotation, go, ends } = await opened()
  await go(3, 'to')
  annotation.select(null)
  await go(9, 'to')
  expect(ends()).toEqual([
    [0, 3],
    [5, 9],
  ])
})

test('keys mark the attribute that is current, whichever span is selected', async () => {
  const { annotation, go } = await opened()
  await go(4, 'from')
  annotation.attribute = ball
  await go(6, 'from')
  expect(annotation.spans.map(({ attribute, from }) => [attribute, from])).toEqual([
    [pole, 4],
    [ball, 6],
  ])
})

test('without a current attribute a sentence says what to do', async () => {
  const { annotation, notices, go, ends } = await opened()
  annotation.attribute = null
  await go(4, 'from')
  expect(ends()).toEqual([])
  expect(notices.notices.map(({ text }) => text)).toEqual([
    'Choose an attribute first: click its row, or press its number.',
  ])
})

test('a span and a track are never selected together; what Delete takes away is the selected span', async () => {
  const { annotation, go, remove } = await opened()
  const track = await annotation.createTrack(pole, 3, { x1: 0, y1: 0, x2: 9, y2: 9 })
  expect([annotation.selected, remove.allowed?.()]).toEqual([track, false])
  await go(4, 'from')
  expect([annotation.selected, annotation.span?.from, remove.allowed?.()]).toEqual([null, 4, true])
  annotation.select(track)
  expect([annotation.span, remove.allowed?.()]).toEqual([null, false])
  annotation.selectSpan(annotation.spans[0]!.id)
  remove.run()
  await annotation.settled()
  expect([annotation.spans, annotation.span, annotation.tracks.length]).toEqual([[], null, 1])
})

test('rows stand in the order of the vocabulary, the current one without spans too, and those of others last', () => {
  const ann = PersonId.parse('ann')
  const span = (id: string, attribute: typeof pole, person = ann) => {
    return { id: SpanId.parse(id), attribute, person, from: 1, to: 2, at: 0 }
  }
  const rows = spanRows([anAttribute(0), anAttribute(1), anAttribute(2)], {
    ...{ spans: [span('a', ball)], current: pole },
    others: { people: [{ id: ann, name: 'Ann' }], spans: [span('b', pole), span('c', ball), span('d', ball)] },
  })
  expect(rows.map(({ id, by, spans }) => [id, by, spans.map((one) => one.id)])).toEqual([
    [pole, undefined, []],
    [ball, undefined, ['a']],
    [`${pole} ann`, 'Ann', ['b']],
    [`${ball} ann`, 'Ann', ['c', 'd']],
  ])
})
