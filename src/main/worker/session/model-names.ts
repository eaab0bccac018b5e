/** The id of what the model numbers so. Throws RangeError. */
export function idAt<Id>(list: readonly { id: Id }[], number: number): Id {
  const found = list[number]
  if (!found) throw new RangeError(`the model has ${list.length} names; ${number} is none of them`)
  return found.id
}
