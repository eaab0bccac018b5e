import type { ExperimentName } from '@shared/config/experiment'
import type { ReportExample } from '@main/report/report-example'
import { curveTable } from './figure5'
import { figure5Svg, severalOutputsSvg } from './figure5-svg'
import { figure6Svg } from './figure6-svg'
import type { ExperimentManifest } from './manifest'
import type { OutFolder } from './out-folder'
import { type ExperimentResult, StoredResult } from './result'
import { tableCsv } from './table-text'

/** Results as files: CSV and JSON for each, SVG for figures. The manifest is written last, so it never names half a part. */
export class ExperimentFiles {
  constructor(
    private readonly out: OutFolder,
    private readonly manifest: ExperimentManifest,
  ) {}

  put(result: ExperimentResult, from: unknown): void {
    const { examples, ...stored } = result
    const { name, curves } = stored
    const files: [string, string][] = [
      [`${name}.csv`, tableCsv(curves ? curveTable(curves) : stored.table)],
      [`${name}.json`, json({ ...stored, from })],
    ]
    if (curves) files.push([`${name}.svg`, figure5Svg(curves)], [`${name}-several.svg`, severalOutputsSvg(curves)])
    if (examples) files.push([`${name}.svg`, figure6Svg(examples)], [picturesOf(name), json(examples)])
    for (const [file, text] of files) this.out.write(file, text)
    this.manifest.putPart(
      name,
      from,
      files.map(([file]) => file),
    )
  }

  /** A part that is there and was made from exactly this; null otherwise. */
  kept(name: ExperimentName, from: unknown): ExperimentResult | null {
    return this.manifest.isMade(name, from) ? this.read(name) : null
  }

  /** Every part that is there, of this call or an earlier one, in the paper's order. */
  all(): ExperimentResult[] {
    return this.manifest.made().flatMap((name) => this.read(name) ?? [])
  }

  private read(name: ExperimentName): ExperimentResult | null {
    try {
      const result = StoredResult.parse(JSON.parse(this.out.read(`${name}.json`) ?? 'null'))
      const pictures = this.out.read(picturesOf(name))
      return pictures ? { ...result, examples: JSON.parse(pictures) as ReportExample[] } : result
    } catch {
      // Somebody changed the file: it is made again.
      return null
    }
  }
}

function picturesOf(name: ExperimentName): string {
  return `${name}-pictures.json`
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
