import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'

/**
 * Pictures are kept and compared small: letters of another font come to the same grey, what moved or is gone does not.
 */
const [width, height] = [240, 150]
/** Of 255, in any channel: a cell that differs by less looks the same. */
const visible = 40
/**
 * Share of the cells that may differ. Times and numbers take .0004; a serif font .011, but for the start, which then has
 * other lines; a side panel that stands 60 px elsewhere .06 and more.
 */
const tolerated = 0.02

const folder = join(import.meta.dirname, 'pictures')

/**
 * Compares a picture of a page with the one that is kept; with WHYNOT_KEEP_PICTURES=1 it is kept instead.
 * @returns null where they look the same, else what is different and what to do
 */
export async function unlikeKept(name: string, png: Buffer): Promise<string | null> {
  const file = join(folder, `${name}.png`)
  const small = await sharp(png).removeAlpha().resize(width, height, { fit: 'fill' }).png().toBuffer()
  if (process.env.WHYNOT_KEEP_PICTURES) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, small)
    return null
  }
  if (!existsSync(file)) return `${name}: no picture is kept. ${advice}`
  const share = await differing(file, small)
  if (share <= tolerated) return null
  const seen = join(process.env.WHYNOT_SCREENSHOTS ?? join(dirname(folder), '../../out/pictures'), `${name}.png`)
  mkdirSync(dirname(seen), { recursive: true })
  writeFileSync(seen, png)
  return `${name}: ${(100 * share).toFixed(1)} % differ. Look at ${seen} beside ${file}. ${advice}`
}

const advice = 'Where it is as it should be, keep it: WHYNOT_KEEP_PICTURES=1 npx vitest run test/e2e/pictures.test.ts'

/** Share of the cells, 0 to 1, in which two pictures differ visibly. */
async function differing(kept: string, seen: Buffer): Promise<number> {
  const [a, b] = await Promise.all([kept, seen].map((one) => sharp(one).removeAlpha().raw().toBuffer()))
  if (!a || !b || a.length !== b.length) return 1
  let different = 0
  for (let at = 0; at < a.length; at += 3) {
    const by = [0, 1, 2].map((channel) => Math.abs((a[at + channel] ?? 0) - (b[at + channel] ?? 0)))
    if (Math.max(...by) > visible) different++
  }
  return different / (width * height)
}
