import { computed, ref } from 'vue'
import { beforeEach, expect, test } from 'vitest'
import { useAnnotation } from '@renderer/stores/annotation'
import { useBoxCommands } from '@renderer/views/annotate/use-box-commands'
import { useShownMarks } from '@renderer/views/annotate/use-shown-marks'
import { type FakeStudio, anAttribute, aVideo, fakeStudio } from '../../../../support/fake-api'
import { inStudio } from '../../in-studio'

const [pole, ball] = [anAttribute(0).id, anAttribute(1).id]
const box = { x1: 10, y1: 10, x2: 20, y2: 22 }
let studio: FakeStudio
beforeEach(() => {
  studio = fakeStudio({ videos: 2 })
})

async function opened() {
  const { result } = inStudio(studio, () => {
    const frame = ref(3)
    const shown = useShownMarks(() => frame.value)
    const own = computed(() => shown.own.value)
    return { annotation: useAnnotation(), boxes: useBoxCommands(() => frame.value, own), frame }
  })
  await result.annotation.open(aVideo(0).id)
  return result
}

test('a copied box is pasted as the attribute that is chosen', async () => {
  const { annotation, boxes, frame } = await opened()
  await annotation.createTrack(pole, 3, box)
  boxes.copy()
  annotation.select(null)
  annotation.attribute = ball
  frame.value = 5
  await boxes.paste()
  expect(annotation.tracks.map(({ attribute, keyframes }) => [attribute, keyframes.map((k) => k.frame)])).toEqual([
    [pole, [3]],
    [ball, [5]],
  ])
})

test('a box drawn anew takes the place of the one there; else a second track begins', async () => {
  const { annotation, boxes } = await opened()
  const track = await annotation.createTrack(pole, 3, box)
  await boxes.draw({ x1: 30, y1: 30, x2: 40, y2: 40 }, { anew: true, asActor: false })
  expect(annotation.tracks).toMatchObject([{ id: track, keyframes: [{ box: { x1: 30, y1: 30, x2: 40, y2: 40 } }] }])
  await boxes.draw(box, { anew: false, asActor: false })
  expect(annotation.tracks).toHaveLength(2)
})

test('a box is placed and stretched by keys, and keeps an area', async () => {
  const { annotation, boxes } = await opened()
  annotation.attribute = pole
  boxes.place(false)
  await annotation.settled()
  expect(annotation.track?.keyframes[0]?.box).toMatchObject({ x1: 64 / 3, x2: 128 / 3 })
  boxes.stretch(5, 0)
  await annotation.settled()
  expect(annotation.track?.keyframes[0]?.box.x2).toBeCloseTo(128 / 3 + 5)
  boxes.stretch(-500, -500)
  await annotation.settled()
  const { x1, x2 } = annotation.track!.keyframes[0]!.box
  expect(x2 - x1).toBeCloseTo(1)
})

test('an actor is boxed whichever attribute is chosen, and goes on where they were out of sight', async () => {
  const { annotation, boxes, frame } = await opened()
  annotation.attribute = pole
  await boxes.draw(box, { anew: false, asActor: true })
  const first = annotation.selected
  expect(annotation.tracks).toMatchObject([{ kind: 'actor', attribute: null }])
  await boxes.draw({ x1: 30, y1: 30, x2: 40, y2: 40 }, { anew: true, asActor: false })
  expect(annotation.tracks).toMatchObject([{ id: first, keyframes: [{ frame: 3, box: { x1: 30 } }] }])
  await boxes.draw(box, { anew: false, asActor: true })
  expect(annotation.tracks).toHaveLength(2)
  frame.value = 1
  await boxes.draw(box, { anew: false, asActor: true })
  expect(annotation.tracks).toHaveLength(2)
  boxes.copy()
  annotation.select(null)
  await boxes.paste()
  expect(annotation.tracks.map(({ kind }) => kind)).toEqual(['actor', 'actor', 'actor'])
})
