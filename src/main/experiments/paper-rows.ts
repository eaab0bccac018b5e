import { type PaperNumbers, paperNumbers } from '@shared/paper-numbers'
import type { Cell, TableRow } from './result'

/** Two rows for each data set of the paper: its baseline and what it proposes. */
export function paperRows(
  cells: (numbers: PaperNumbers, row: 'baseline' | 'proposed') => Record<string, Cell>,
): TableRow[] {
  return paperNumbers.flatMap((numbers) => [
    paperRow(`Paper, ${numbers.name}: baseline (${numbers.baselineRegion})`, cells(numbers, 'baseline')),
    paperRow(`Paper, ${numbers.name}: proposed`, cells(numbers, 'proposed')),
  ])
}

function paperRow(method: string, cells: Record<string, Cell>): TableRow {
  return { source: 'paper', cells: { method, ...cells } }
}
