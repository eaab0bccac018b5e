import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import protobuf from 'protobufjs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { crc32c, maskedCrc32c } from '@main/runs/crc32c'
import { EventFile } from '@main/runs/event-file'
import { tempFolder } from '../../../support/studio'

let folder: ReturnType<typeof tempFolder>
beforeEach(() => (folder = tempFolder()))
afterEach(() => folder[Symbol.dispose]())

const { root } = protobuf.parse(`
  syntax = "proto3";
  message Value { string tag = 1; float simple_value = 2; }
  message Summary { repeated Value value = 1; }
  message Event { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5; }
`)

/** The events of a file, every checksum checked, as TensorBoard's own reader does it. */
function eventsIn(file: string) {
  const bytes = readFileSync(file)
  const events: unknown[] = []
  for (let at = 0; at < bytes.length;) {
    const length = Number(bytes.readBigUInt64LE(at))
    expect(bytes.readUInt32LE(at + 8)).toBe(maskedCrc32c(bytes.subarray(at, at + 8)))
    const data = bytes.subarray(at + 12, at + 12 + length)
    expect(bytes.readUInt32LE(at + 12 + length)).toBe(maskedCrc32c(data))
    events.push(root.lookupType('Event').toObject(root.lookupType('Event').decode(data), { longs: Number }))
    at += 16 + length
  }
  return events
}
const point = (step: number, values: Record<string, number>) => ({
  step,
  epoch: step / 4,
  at: 1_700_000_000_500,
  values,
})
const onlyFile = () => {
  const [name, ...more] = readdirSync(folder.path)
  expect(more).toEqual([])
  expect(name).toContain('tfevents')
  return join(folder.path, name ?? '')
}

test('the checksum is that of the standard', () => {
  expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283)
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
})

test('points are added as they come, each value under its name at its step and time', () => {
  const file = new EventFile(folder.path)
  file.add([point(4, { loss: 0.5, trainAccuracy: 0.25 })])
  file.add([point(300, { loss: 0.125 })])
  expect(eventsIn(onlyFile())).toEqual([
    { fileVersion: 'brain.Event:2' },
    {
      ...{ wallTime: 1_700_000_000.5, step: 4 },
      summary: {
        value: [
          { tag: 'loss', simpleValue: 0.5 },
          { tag: 'trainAccuracy', simpleValue: 0.25 },
        ],
      },
    },
    { wallTime: 1_700_000_000.5, step: 300, summary: { value: [{ tag: 'loss', simpleValue: 0.125 }] } },
  ])
})

test('a run that goes on from an earlier state has each step once', () => {
  const file = new EventFile(folder.path)
  file.add([point(1, { loss: 3 }), point(2, { loss: 2 }), point(3, { loss: 1 })])
  file.write([point(1, { loss: 3 })])
  file.add([point(2, { loss: 2 })])
  expect(eventsIn(onlyFile())).toHaveLength(3)
})
