/** One answer: of whom, to what, which; as indices. `of` says whose class shares hold for it. */
export interface Vote {
  unit: number
  person: number
  value: number
}

export interface Votes {
  units: number
  people: number
  /** How many answers there are to choose from. */
  values: number
  votes: readonly Vote[]
  /** Which group a unit is of: shares of the true classes are each group's own. One group when left out. */
  groupOf?: (unit: number) => number
  groups?: number
}

export interface DawidSkeneOptions {
  /**
   * [true value][value said]: answers that each person is taken to have given before; none for the paper's plain maximum
   * likelihood.
   */
  prior?: readonly (readonly number[])[]
  /** The same for the shares of the classes of a group, one each. */
  groupPrior?: number
  mostRounds?: number
  /** Ends when no probability moves by more. */
  tolerance?: number
}

export interface DawidSkene {
  /** [unit][value]: how probable it is that this is the true answer. */
  truth: number[][]
  /** [group][value]: the share of units of which it is true. */
  shares: number[][]
  /** [person][true value][value said]. */
  confusion: number[][][]
  rounds: number
}

/** Never quite impossible, so that one answer cannot forbid what all others say. */
const least = 1e-12

/**
 * True answers and each person's error rates, found together from the answers alone: Dawid and Skene, "Maximum
 * Likelihood Estimation of Observer Error-Rates Using the EM Algorithm", 1979. Begins with the shares of the answers
 * (3.1), then turns between error rates and class shares (2.3, 2.4) and true answers (2.5).
 */
export function dawidSkene(given: Votes, options: DawidSkeneOptions = {}): DawidSkene {
  const { mostRounds = 200, tolerance = 1e-7 } = options
  let truth = countedShares(given)
  let rates = ratesOf(given, truth, options)
  for (let round = 1; round <= mostRounds; round++) {
    const next = truthOf(given, rates)
    const moved = largestMove(truth, next)
    truth = next
    rates = ratesOf(given, truth, options)
    if (moved < tolerance) return { truth, ...rates, rounds: round }
  }
  return { truth, ...rates, rounds: mostRounds }
}

/** Shares of the answers of each unit; even ones where nobody answered. */
export function countedShares({ units, values, votes }: Votes): number[][] {
  const counts = Array.from({ length: units }, () => Array<number>(values).fill(0))
  for (const { unit, value } of votes) bump(counts[unit], value, 1)
  return counts.map(normal)
}

function ratesOf(
  { units, people, values, votes, groupOf = () => 0, groups = 1 }: Votes,
  truth: readonly (readonly number[])[],
  { prior, groupPrior = 0 }: DawidSkeneOptions,
): Pick<DawidSkene, 'shares' | 'confusion'> {
  const shares = Array.from({ length: groups }, () => Array<number>(values).fill(groupPrior))
  for (let unit = 0; unit < units; unit++) truth[unit]?.forEach((p, value) => bump(shares[groupOf(unit)], value, p))
  const confusion = Array.from({ length: people }, () =>
    Array.from({ length: values }, (_, i) => Array.from({ length: values }, (__, j) => prior?.[i]?.[j] ?? 0)),
  )
  for (const { unit, person, value } of votes) {
    const own = confusion[person]
    truth[unit]?.forEach((p, true_) => bump(own?.[true_], value, p))
  }
  return { shares: shares.map(normal), confusion: confusion.map((own) => own.map(normal)) }
}

function truthOf(
  { units, votes, groupOf = () => 0 }: Votes,
  { shares, confusion }: Pick<DawidSkene, 'shares' | 'confusion'>,
): number[][] {
  const logs = confusion.map((own) => own.map((row) => row.map((p) => Math.log(Math.max(p, least)))))
  const likely = Array.from({ length: units }, (_, unit) =>
    (shares[groupOf(unit)] ?? []).map((p) => Math.log(Math.max(p, least))),
  )
  for (const { unit, person, value } of votes) {
    const own = likely[unit]
    logs[person]?.forEach((row, true_) => bump(own, true_, row[value] ?? 0))
  }
  return likely.map((row) => {
    const most = Math.max(...row)
    return normal(row.map((log) => Math.exp(log - most)))
  })
}

function largestMove(before: readonly (readonly number[])[], after: readonly (readonly number[])[]): number {
  let most = 0
  after.forEach((row, i) => row.forEach((p, j) => (most = Math.max(most, Math.abs(p - (before[i]?.[j] ?? 0))))))
  return most
}

function bump(row: number[] | undefined, at: number, by: number): void {
  if (row) row[at] = (row[at] ?? 0) + by
}

/** Divided by their sum; even shares where there is nothing. */
function normal(row: readonly number[]): number[] {
  const sum = row.reduce((a, b) => a + b, 0)
  return row.map((value) => (sum > 0 ? value / sum : 1 / row.length))
}
