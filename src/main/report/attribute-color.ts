/** The palette of attributes by colour slot, the same in both colour schemes. */
const palette = ['#E69F00', '#64AFFD', '#2C9C71', '#C770A9', '#F2F57C', '#D55E00', '#DDF3EC', '#8C52DF']

/** CSS colour of an attribute by its slot. */
export function colorOf(slot: number): string {
  return palette[slot % palette.length] ?? '#E69F00'
}
