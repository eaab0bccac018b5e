import { Redis } from 'ioredis'
import { Failure } from '@shared/failures'

const firstPatienceMs = 5_000
const longestPauseMs = 2_000

/**
 * Connects to redis://[user:password@]host:port/database, or rediss:// with TLS, and connects again for as long as it is not closed. While the server is away, commands fail at once instead of
 * being done at some later time, when whoever asked no longer waits.
 * Throws Failure QUEUE_AWAY.
 */
export async function connectRedis(url: string): Promise<Redis> {
  if (!URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol))
    throw new Failure('BAD_SETTING', { setting: '--redis', reason: 'It takes an address such as redis://host:6379.' })
  const connection = new Redis(url, {
    ...{ lazyConnect: true, enableOfflineQueue: false, maxRetriesPerRequest: 0, connectTimeout: firstPatienceMs },
    retryStrategy: (times) => Math.min(longestPauseMs, 100 * times),
  })
  quiet(connection)
  try {
    await connection.connect()
    return connection
  } catch (error) {
    connection.disconnect()
    throw new Failure('QUEUE_AWAY', { url: withoutSecret(url), reason: wordsOf(error) }, { cause: error })
  }
}

/**
 * Errors of a connection are told by whoever asks it something: by itself it prints them when nobody listens, or ends the
 * process. Holds for those that are made from it too, by whomever: BullMQ has some of its own.
 */
function quiet(connection: Redis): void {
  connection.on('error', () => {})
  const duplicate = connection.duplicate.bind(connection)
  connection.duplicate = (options) => {
    const other = duplicate(options)
    quiet(other)
    return other
  }
}

/** Says of an error of Redis what a person can do about it. */
export function redisWords(url: string, error: unknown): Failure<'QUEUE_AWAY'> {
  return new Failure('QUEUE_AWAY', { url: withoutSecret(url), reason: wordsOf(error) }, { cause: error })
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Passwords stay out of logs and windows. */
function withoutSecret(url: string): string {
  const shown = new URL(url)
  shown.password = ''
  return shown.href
}
