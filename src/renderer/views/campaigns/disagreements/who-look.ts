import { attributeLook } from '@renderer/theme/attribute-look'

/** Colour slots in the order in which people get them: those that are told apart best come first. */
const slots = [1, 0, 3, 2, 5, 4, 6, 7]

/** The colour slot of the person at a place; only on this page colour means who. */
export function slotOfPerson(place: number): number {
  return slots[place % slots.length] ?? 0
}

export function colorOfPerson(place: number): string {
  return attributeLook(slotOfPerson(place)).color
}
