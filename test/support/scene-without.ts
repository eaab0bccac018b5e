import type { SampleConfig } from '@shared/config/sample'
import type { Actor, Scene } from '@main/sample/scene'
import { classWithout } from '@main/sample/vocabulary'

/** The same scene without one attribute: literally a clip of another class. In T4 the thing stays and stands still. */
export function without(config: SampleConfig, scene: Scene, attribute: number): Scene {
  const actors = scene.actors.flatMap((actor) => {
    if (actor.attribute !== attribute) return [actor]
    return config.tier === 'T4' && attribute < config.removable ? [still(actor)] : []
  })
  return { ...scene, label: classWithout(config, scene.label, [attribute]), actors }
}

function still(actor: Actor): Actor {
  const first = actor.boxes.find((box) => box !== null) ?? null
  return { ...actor, attribute: null, moves: false, boxes: actor.boxes.map((box) => box && first) }
}
