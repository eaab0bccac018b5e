import { beforeEach, expect, test } from 'vitest'
import { type PlayableVideo, Player, type PlayerParts } from '@renderer/canvas/player/player'
import { FakeSource } from './fake-source'

let source: FakeSource
let now: number
let ticks: (() => void)[]
let stills: string[]

const parts: PlayerParts = {
  open: async () => source,
  now: () => now,
  onNextTick: (run) => void ticks.push(run),
  still: async (url) => {
    stills.push(url)
    return Object.assign(document.createElement('canvas'), { close: () => undefined }) as unknown as ImageBitmap
  },
}

const video: PlayableVideo = {
  picture: { width: 640, height: 480 },
  fps: 25,
  frames: 100,
  proxy: { url: '/media/v/proxy.mp4', frames: 100, fps: 30, width: 320, height: 240 },
  stillUrl: (frame) => `/media/v/frames/${frame}.png`,
}

beforeEach(() => {
  source = new FakeSource(100)
  now = 0
  ticks = []
  stills = []
})

const settle = () => new Promise((resolve) => setTimeout(resolve, 10))

async function opened(frame = 0): Promise<Player> {
  const player = new Player(parts)
  await player.open(video, frame)
  await settle()
  return player
}

/** Lets `ms` pass in picture-long ticks. */
async function pass(ms: number): Promise<void> {
  for (const end = now + ms; now < end;) {
    now += 20
    ticks.splice(0).forEach((run) => run())
    await settle()
  }
}

test('a video opens on the frame asked for', async () => {
  const player = await opened(42)
  expect(player.state.value).toBe('ready')
  expect(player.drawn.value).toBe(42)
})

test('steps go one by one and stop at the ends', async () => {
  const player = await opened(98)
  player.step(1)
  player.step(1)
  player.step(1)
  await settle()
  expect(player.drawn.value).toBe(99)
  player.jump(0)
  player.step(-1)
  await settle()
  expect(player.drawn.value).toBe(0)
})

test('many wishes at once end on the last one', async () => {
  const player = await opened()
  for (const frame of [10, 80, 3, 64, 31]) player.jump(frame)
  expect(player.wanted).toBe(31)
  await settle()
  expect(player.drawn.value).toBe(31)
})

test('it plays in real time and ends on the last frame', async () => {
  const player = await opened(90)
  player.play()
  await pass(200)
  expect(player.drawn.value).toBe(95)
  await pass(400)
  expect(player.drawn.value).toBe(99)
  expect(player.playing.value).toBe(false)
})

test('playing from the end begins at the start', async () => {
  const player = await opened(99)
  player.play()
  await pass(80)
  expect(player.drawn.value).toBe(2)
})

test('half the speed shows half the frames', async () => {
  const player = await opened()
  player.setSpeed(0.5)
  player.play()
  await pass(400)
  expect(player.drawn.value).toBe(5)
})

test('a loop goes round its range', async () => {
  const player = await opened(10)
  player.loop.value = true
  player.setRange({ first: 10, last: 14 })
  player.play()
  await pass(240)
  expect(player.playing.value).toBe(true)
  expect(player.drawn.value).toBe(11)
})

test('J plays backwards, K stops', async () => {
  const player = await opened(50)
  player.shuttle(-1)
  await pass(200)
  expect(player.drawn.value).toBe(45)
  player.pause()
  await pass(200)
  expect(player.drawn.value).toBe(45)
})

test('a close look fetches the source picture of the frame drawn, and none while it plays', async () => {
  const player = await opened(7)
  player.setSharp(true)
  await settle()
  expect(stills).toEqual(['/media/v/frames/7.png'])
  expect(player.isSharp.value).toBe(true)
  player.play()
  await pass(100)
  expect(stills).toHaveLength(1)
  player.pause()
  await settle()
  expect(stills.at(-1)).toBe(`/media/v/frames/${player.drawn.value}.png`)
})

test('a proxy as large as its source needs no closer look', async () => {
  const player = new Player(parts)
  await player.open({ ...video, picture: { width: 320, height: 240 } })
  await settle()
  player.setSharp(true)
  await settle()
  expect(stills).toEqual([])
})

test('a proxy that cannot be read is told', async () => {
  source.broken = new Error('The proxy is gone.')
  const player = await opened()
  expect(player.state.value).toBe('failed')
  expect(player.problem.value).toBe('The proxy is gone.')
})

test('a video opened while another still opens is the one that is shown', async () => {
  const player = new Player(parts)
  const first = player.open(video, 5)
  const second = player.open(video, 60)
  await Promise.all([first, second])
  await settle()
  expect(player.drawn.value).toBe(60)
})
