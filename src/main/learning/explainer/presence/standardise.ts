/** Mean and standard deviation of each of `size` numbers. */
export interface Moments {
  mean: Float64Array
  deviation: Float64Array
}

/**
 * Makes each column of [rows, size] of mean 0 and deviation 1, in place; a column that never changes becomes 0.
 * @returns what `foldMoments` undoes it with
 */
export function standardise(rows: Float32Array, size: number): Moments {
  const count = rows.length / size
  const [mean, squares] = [new Float64Array(size), new Float64Array(size)]
  for (let at = 0; at < rows.length; at++) {
    const x = at % size
    mean[x] = (mean[x] as number) + (rows[at] as number) / count
  }
  for (let at = 0; at < rows.length; at++) {
    const x = at % size
    squares[x] = (squares[x] as number) + ((rows[at] as number) - (mean[x] as number)) ** 2 / count
  }
  const deviation = squares.map((square) => (Math.sqrt(square) > 1e-6 ? Math.sqrt(square) : 0))
  for (let at = 0; at < rows.length; at++) {
    const x = at % size
    const sd = deviation[x] as number
    rows[at] = sd > 0 ? ((rows[at] as number) - (mean[x] as number)) / sd : 0
  }
  return { mean, deviation }
}

/**
 * Weights and biases that say of raw numbers what these say of standardised ones: v / sd, and b less the sum of
 * v mean / sd. In place.
 * @param words [S, size]
 */
export function foldMoments(words: Float32Array, bias: Float32Array, { mean, deviation }: Moments): void {
  const size = mean.length
  for (let s = 0; s < bias.length; s++) {
    let shift = 0
    for (let x = 0; x < size; x++) {
      const sd = deviation[x] as number
      const folded = sd > 0 ? (words[s * size + x] as number) / sd : 0
      words[s * size + x] = folded
      shift += folded * (mean[x] as number)
    }
    bias[s] = (bias[s] as number) - shift
  }
}
