import { computed } from 'vue'
import { beforeEach, expect, test } from 'vitest'
import { useAnnotation } from '@renderer/stores/annotation'
import { attributeRows } from '@renderer/views/annotate/attribute-rows'
import { useAnswers } from '@renderer/views/annotate/use-answers'
import { type FakeStudio, anAttribute, aVideo, fakeStudio } from '../../../../support/fake-api'
import { inStudio } from '../../in-studio'

const attributes = [0, 1, 2, 3].map((slot) => anAttribute(slot))
const [pole, ball, ring, flag] = attributes.map(({ id }) => id) as [
  ReturnType<typeof anAttribute>['id'],
  ...ReturnType<typeof anAttribute>['id'][],
]
let studio: FakeStudio
beforeEach(() => {
  studio = fakeStudio({ videos: 4 })
})

/** @param index every fourth video is for testing */
async function opened(index = 0) {
  const { result } = inStudio(studio, () => {
    const annotation = useAnnotation()
    const rows = computed(() => attributeRows({ attributes, labels: annotation.labels, tracks: annotation.tracks }))
    return { annotation, answers: useAnswers(rows, (id) => (annotation.attribute = id)) }
  })
  await result.annotation.open(aVideo(index).id)
  result.annotation.attribute = pole
  return result
}

test('answering the current row goes on to the next one without an answer', async () => {
  const { annotation, answers } = await opened()
  await annotation.setLabel(ball!, 'absent')
  answers.answerCurrent('absent')
  await annotation.settled()
  expect(annotation.labels).toContainEqual(expect.objectContaining({ attribute: pole, value: 'absent' }))
  expect(annotation.attribute).toBe(ring)
})

test('a present attribute of a test video stays current until its box is drawn', async () => {
  const { annotation, answers } = await opened(3)
  answers.answerCurrent('present')
  expect(annotation.attribute).toBe(pole)
  answers.answerCurrent('absent')
  expect(annotation.attribute).not.toBe(pole)
})

test('the rest gets one answer in one call, and what is said of the class is confirmed by it', async () => {
  const { annotation, answers } = await opened()
  const { id: video } = aVideo(0)
  studio.state.annotations.set(video, {
    ...{
      video,
      tracks: [],
      spans: [],
      others: { people: [], labels: [], tracks: [], spans: [] },
      undo: null,
      redo: null,
    },
    labels: [
      { attribute: pole, value: 'present', source: 'class', annotator: null },
      { attribute: flag!, value: 'unsure', source: 'person', annotator: null },
    ],
  })
  await annotation.open(video)
  await answers.answerRest('absent')
  const values = new Map(annotation.labels.map(({ attribute, value, source }) => [attribute, `${value} ${source}`]))
  expect([pole, ball, ring, flag].map((id) => values.get(id!))).toEqual([
    ...['present person', 'absent person', 'absent person', 'unsure person'],
  ])
  expect(studio.calls.filter(({ name }) => name === 'annotation.setLabels')).toHaveLength(1)
})

test('an answer that is still being saved is no part of the rest', async () => {
  const { annotation, answers } = await opened()
  answers.answer(ball!, 'present')
  answers.answer(pole, 'present')
  answers.answer(pole, null)
  await answers.answerRest('absent')
  const values = new Map(annotation.labels.map(({ attribute, value }) => [attribute, value]))
  expect([pole, ball, ring, flag].map((id) => values.get(id!))).toEqual(['absent', 'present', 'absent', 'absent'])
  // Saved and taken back, it is a part of it again.
  await annotation.setLabel(ball!, null)
  await answers.answerRest('unsure')
  expect(annotation.labels.find(({ attribute }) => attribute === ball)?.value).toBe('unsure')
})
