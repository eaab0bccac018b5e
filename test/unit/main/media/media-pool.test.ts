import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { MediaPool } from '@main/media/media-pool'
import { type Handler, answerCalls } from '@main/process/calls'
import type { ProcessChannel } from '@main/process/process-channel'

/** A process of this one: the same calls over the same messages. */
function processOf(handlers: Readonly<Record<string, Handler>>): ProcessChannel {
  const [inside, outside] = [new EventEmitter(), new EventEmitter()]
  const end = () => void outside.emit('exit')
  answerCalls(
    {
      send: (message) => void setImmediate(() => outside.emit('message', message)),
      onMessage: (hear) => void inside.on('message', hear),
    },
    handlers,
    { onStop: end },
  )
  return {
    send: (message) => void setImmediate(() => inside.emit('message', message)),
    onMessage: (hear) => void outside.on('message', hear),
    onExit: (hear) => void outside.once('exit', () => hear('closed')),
    kill: end,
  }
}

/** Processes that import until they are told to finish, and whatever else a pool starts. */
function importing() {
  const began = Promise.withResolvers<void>()
  const finish = Promise.withResolvers<void>()
  let begun = 0
  let started = 0
  const pool = new MediaPool(() => {
    const name = `process ${++started}`
    return processOf({
      import: async () => {
        if (++begun === 2) began.resolve()
        await finish.promise
      },
      pictures: async () => [name],
    })
  })
  const importOne = () => pool.call('import', { path: '', mediaFolder: '', decoder: 'auto', proxy: {} })
  return { pool, importOne, bothBegan: began.promise, finish: finish.resolve }
}

const pictures = { path: '', decoder: 'auto', ordinals: [0], format: 'png' } as const

test('while files are imported in every process for that, a picture somebody looks at is not kept waiting', async () => {
  const { pool, importOne, bothBegan, finish } = importing()
  expect(pool.size).toBe(2)
  // More than there are processes: they would be next.
  const imports = [importOne(), importOne(), importOne()]
  await bothBegan
  expect(await pool.call('pictures', pictures)).toEqual(['process 3'])
  expect(await Promise.all([pool.call('pictures', pictures), pool.call('pictures', pictures)])).toHaveLength(2)
  finish()
  await Promise.all(imports)
  pool.close()
})

test('two people who look at pictures wait for one another only while files are imported', async () => {
  const { pool } = importing()
  const both = await Promise.all([pool.call('pictures', pictures), pool.call('pictures', pictures)])
  expect(new Set(both.flat()).size).toBe(2)
  pool.close()
})
