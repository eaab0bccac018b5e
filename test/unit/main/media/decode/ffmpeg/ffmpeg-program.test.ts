import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ffmpegPlaces, findFfmpeg } from '@main/media/decode/ffmpeg/ffmpeg-program'
import { temporaryFolder } from '../../../../../support/media'

test('FFMPEG_PATH comes first, then PATH, and nothing else: no old ffmpeg travels along', async () => {
  const found = ffmpegPlaces({ FFMPEG_PATH: '/own/ffmpeg', PATH: '/a:/b' }).map(({ path, found }) => `${found} ${path}`)
  expect(found).toEqual(['FFMPEG_PATH /own/ffmpeg', 'PATH /a/ffmpeg', 'PATH /b/ffmpeg'])
  expect(await findFfmpeg({ PATH: '' })).toBeNull()
})

test('a program that is not ffmpeg is passed over', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'ffmpeg')
  writeFileSync(path, '#!/bin/sh\necho something else\n')
  chmodSync(path, 0o755)
  const program = await findFfmpeg({ FFMPEG_PATH: path, PATH: '' })
  expect(program).toBeNull()
})
