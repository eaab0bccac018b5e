/** From this probability on an attribute counts as seen in the clip. */
const seen = 0.5

/** The model is surer that the clip does not show it than that it does. */
export function isUnseen(presence: number | null): boolean {
  return presence !== null && presence < seen
}

/** What a card says of whether the clip shows its attribute; null where the model cannot tell. */
export function presenceWords(presence: number | null): string | null {
  if (presence === null) return null
  return isUnseen(presence) ? 'not seen here' : `in this clip ${shortShare(presence)}`
}

/** Two places without the zero in front; never quite sure. */
function shortShare(value: number): string {
  return value > 0.99 ? '> .99' : value.toFixed(2).slice(1)
}
