import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import protobuf from 'protobufjs'
import type { MetricPoint } from '@shared/contract/learning'
import { maskedCrc32c } from './crc32c'

/** TensorBoard finds a run's file by this word in its name. */
const fileName = 'events.out.tfevents.0.whynot'

/**
 * A run's curves as TensorBoard reads them, while the run goes on: `tensorboard --logdir PROJECT/runs`. Records as
 * TFRecord has them (length, its checksum, bytes, their checksum), each an `Event` of tensorflow/core/util/event.proto.
 */
export class EventFile {
  private readonly file: string

  /** @param folder the run's */
  constructor(private readonly folder: string) {
    this.file = join(folder, fileName)
  }

  /** Adds points after those that are there. */
  add(points: readonly MetricPoint[]): void {
    if (points.length === 0) return
    if (!existsSync(this.file)) this.write([])
    appendFileSync(this.file, Buffer.concat(points.map((point) => record(eventOf(point)))))
  }

  /** Begins anew with these points, as when a run goes on from an earlier state. */
  write(points: readonly MetricPoint[]): void {
    mkdirSync(this.folder, { recursive: true })
    const head = protobuf.Writer.create().uint32(tag(3, bytes)).string('brain.Event:2').finish()
    writeFileSync(this.file, Buffer.concat([record(head), ...points.map((point) => record(eventOf(point)))]))
  }
}

/** Kinds of fields on the wire. */
const [varint, bits64, bytes, bits32] = [0, 1, 2, 5]

function tag(field: number, kind: number): number {
  return (field << 3) | kind
}

/** Event: wall_time 1, step 2, summary 5. */
function eventOf({ step, at, values }: MetricPoint): Uint8Array {
  const summary = protobuf.Writer.create()
  for (const [name, value] of Object.entries(values)) {
    // Summary.value 1: tag 1, simple_value 2.
    const one = protobuf.Writer.create().uint32(tag(1, bytes)).string(name).uint32(tag(2, bits32)).float(value)
    summary.uint32(tag(1, bytes)).bytes(one.finish())
  }
  return protobuf.Writer.create()
    .uint32(tag(1, bits64))
    .double(at / 1000)
    .uint32(tag(2, varint))
    .int64(step)
    .uint32(tag(5, bytes))
    .bytes(summary.finish())
    .finish()
}

function record(data: Uint8Array): Buffer {
  const head = Buffer.alloc(12)
  head.writeBigUInt64LE(BigInt(data.length))
  head.writeUInt32LE(maskedCrc32c(head.subarray(0, 8)), 8)
  const tail = Buffer.alloc(4)
  tail.writeUInt32LE(maskedCrc32c(data))
  return Buffer.concat([head, data, tail])
}
