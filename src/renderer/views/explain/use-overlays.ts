import { type Ref, computed, ref, watch } from 'vue'
import type { AttributeId, Frame } from '@shared/ids'
import type { Veil } from '@renderer/canvas/stage/StageView.vue'
import { useExplanation } from '@renderer/stores/explanation'
import { attributeLook } from '@renderer/theme/attribute-look'
import { secondMark, truthBoxes, truthMarks, tubeMark, tubeTrail } from '@renderer/desk/explain-marks'
import { heatCanvas } from './heat-image'
import { nearestSampled, tubeBoxAt } from '@shared/geometry/tube-at'
import { overlapAt } from '@renderer/desk/tube-view'

/** What is laid over the picture of a frame: the model's tube, people's boxes, the heat map, the mask. */
export function useOverlays(frame: Ref<Frame | null>, union: Ref<boolean>, slotOf: (id: AttributeId) => number | null) {
  const explanation = useExplanation()
  const shows = ref({ tube: true, truth: true, heat: false, mask: false, random: false, second: false })
  const sampled = computed(() => explanation.prediction?.frames ?? [])

  const marks = computed(() => {
    const [at, { card, check, second }] = [frame.value, explanation]
    if (at === null) return []
    const people = shows.value.truth ? truthMarks(explanation.truth, at, slotOf) : []
    const tube = shows.value.tube && card ? tubeMark(card, sampled.value, at, slotOf) : []
    const opinion = shows.value.second ? second?.opinion : null
    const other = opinion ? secondMark(opinion, sampled.value, at) : []
    const box = shows.value.random && check ? tubeBoxAt(check.randomTube, sampled.value, at) : null
    const look = { look: 'area', slot: null, label: 'random tube', selected: false } as const
    return [...people, ...(box ? [{ id: 'random', box, ...look }] : []), ...other, ...tube]
  })
  const masks = computed(() => {
    const [at, { card, check, cards }] = [frame.value, explanation]
    if (!shows.value.mask || at === null || !card || !check) return []
    const color = `rgb(${check.fillColor.map(Math.round).join(' ')})`
    return (union.value ? cards.slice(0, 2) : [card]).flatMap(({ tube }) => {
      const box = tubeBoxAt(tube, sampled.value, at)
      return box ? [{ box, color }] : []
    })
  })
  const veil = computed<Veil | null>(() => {
    const [at, { heat, card }] = [frame.value, explanation]
    const nearest = at === null ? null : nearestSampled(sampled.value, at)
    if (!shows.value.heat || !heat || !card || nearest === null) return null
    const image = heatCanvas(heat, nearest, attributeLook(slotOf(card.attribute) ?? 0).color)
    return image && { image, area: heat.area, opacity: 0.85 }
  })
  const trail = computed(() => (shows.value.tube && explanation.card ? tubeTrail(explanation.card.tube) : []))
  const overlap = computed(() => {
    const [at, { card }] = [frame.value, explanation]
    if (at === null || !card) return null
    return overlapAt(tubeBoxAt(card.tube, sampled.value, at), truthBoxes(explanation.truthOf(card.attribute), at))
  })

  function toggle(key: keyof typeof shows.value): void {
    shows.value = { ...shows.value, [key]: !shows.value[key] }
  }

  // The map of a card is read when it is to be seen, and not before.
  watch([() => shows.value.heat, () => explanation.card], ([wanted]) => {
    if (wanted && !explanation.heat) explanation.readHeat()
  })
  return { shows, sampled, marks, masks, veil, trail, overlap, toggle }
}
