import type { Format } from '@main/interchange/format'
import { labelCsv } from './label-csv'

/** Every format. A new one is a file beside this and a line here; of equally sure ones the first is taken. */
export const allFormats: readonly Format[] = [labelCsv]
