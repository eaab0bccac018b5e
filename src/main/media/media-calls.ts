import type { ImportResult, MediaRecord, ProxyConfig } from '@shared/media'
import type { FollowRequest } from './follow/follow-in-proxy'
import type { Followed } from './follow/follow-box'
import type { SmallPicture } from './files/small-picture'
import type { EncodeOptions } from './files/encode-clip'
import type { DecoderChoice, DecoderInfo } from './decode/open-decoder'
import type { EncodedPicture } from './sources/read-pictures'

/** A clip to write: its pictures one after the other, RGB. */
export interface ClipToEncode extends EncodeOptions {
  pixels: Uint8Array
}

/** What can be asked of the media process: what goes in, what comes out. */
export interface MediaCalls {
  decoders: { in: null; out: DecoderInfo[] }
  probe: { in: { path: string; decoder: DecoderChoice }; out: MediaRecord }
  import: {
    in: { path: string; mediaFolder: string; decoder: DecoderChoice; proxy: Partial<ProxyConfig> }
    out: ImportResult
  }
  pictures: {
    in: { path: string; decoder: DecoderChoice; ordinals: readonly number[]; format: 'png' | 'jpeg' }
    out: EncodedPicture[]
  }
  writePictures: {
    in: { path: string; decoder: DecoderChoice; ordinals: readonly number[] | null; folder: string }
    out: string[]
  }
  smallPicture: { in: SmallPicture & { bytes: Uint8Array }; out: Uint8Array }
  follow: { in: FollowRequest & { decoder: DecoderChoice }; out: Followed }
  encode: { in: { clips: ClipToEncode[]; decoder: DecoderChoice }; out: number[] }
}

export type MediaCall = keyof MediaCalls
