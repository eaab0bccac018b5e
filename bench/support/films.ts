import type { ClipToEncode } from '@main/media/media-calls'

/** A moving pattern with noise, so that a codec has something to do. [T, H, W, 3] RGB. */
export function movingPixels(frames: number, width: number, height: number, seed: number): Uint8Array {
  const pixels = new Uint8Array(frames * width * height * 3)
  let state = seed + 1
  for (let i = 0; i < pixels.length; i += 3) {
    const at = i / 3
    const [x, y, t] = [at % width, Math.floor(at / width) % height, Math.floor(at / (width * height))]
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const noise = state >>> 28
    const inside = (x - 2 * t - seed) % 64 < 24 && (y + t) % 48 < 20
    pixels[i] = (inside ? 210 : 40) + noise
    pixels[i + 1] = ((x * 2 + y + t * 3) & 127) + noise
    pixels[i + 2] = (inside ? 30 : (y * 3) & 127) + noise
  }
  return pixels
}

/** `count` made clips, each its own. */
export function* madeClips(
  folder: string,
  count: number,
  { frames, width, height, lossless }: { frames: number; width: number; height: number; lossless: boolean },
): Generator<ClipToEncode> {
  for (let i = 0; i < count; i++) {
    const file = `${folder}/clip${i}.${lossless ? 'mkv' : 'mp4'}`
    yield { file, width, height, fps: 25, lossless, pixels: movingPixels(frames, width, height, i) }
  }
}
