import { expect, test } from 'vitest'
import { ByteCache } from '@main/media/files/byte-cache'

test('the entries used longest ago go first, and the bytes stay within the bound', () => {
  const cache = new ByteCache<string>(100)
  cache.set('a', 'A', 40)
  cache.set('b', 'B', 40)
  cache.get('a')
  cache.set('c', 'C', 40)
  expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual(['A', undefined, 'C'])
})

test('what is larger than all of it is not kept and drives nothing out', () => {
  const cache = new ByteCache<string>(100)
  cache.set('a', 'A', 40)
  cache.set('huge', 'H', 101)
  expect([cache.get('a'), cache.get('huge')]).toEqual(['A', undefined])
})

test('a key set again counts once', () => {
  const cache = new ByteCache<string>(100)
  for (let i = 0; i < 10; i++) cache.set('a', `${i}`, 60)
  cache.set('b', 'B', 40)
  expect([cache.get('a'), cache.get('b')]).toEqual(['9', 'B'])
})
