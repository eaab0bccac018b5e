import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ago, count, counted, duration, metric, score, sentence, shortNumber, timeLeft } from '@renderer/words/format'

test('scores carry their sign, with a real minus', () => {
  expect([score(4.816), score(-0.31), score(0.001)]).toEqual(['+4.82', '−0.31', '0.00'])
})

test('a metric that is not defined is a dash', () => {
  expect([metric(0.914), metric(-2.2), metric(null), metric(Number.NaN)]).toEqual(['0.91', '−2.20', '–', '–'])
})

test('time is told in its two largest units', () => {
  expect([40, 370, 840, 6720, 7200].map(duration)).toEqual(['40 s', '6 min 10 s', '14 min', '1 h 52 min', '2 h'])
})

test('time left is coarse, and says when it is not known', () => {
  expect([null, 2, 43, 372].map(timeLeft)).toEqual([
    'length not known yet',
    'a few seconds left',
    '45 s left',
    '6 min left',
  ])
})

test('thousands stand apart, and no digit is lost', () => {
  expect(count(4118)).toBe('4\u2009118')
  fc.assert(
    fc.property(fc.nat(), (n) => {
      expect(Number(count(n).replaceAll('\u2009', ''))).toBe(n)
    }),
  )
})

test('one is singular', () => {
  expect([counted(1, 'class', 'classes'), counted(0, 'video')]).toEqual(['1 class', '0 videos'])
})

test('numbers of curves keep three digits, small ones too', () => {
  expect([10.239, 0.081, 212.4, 0.00000123, -3, 0].map(shortNumber)).toEqual([
    '10.2',
    '0.081',
    '212',
    '1.2e-6',
    '−3',
    '0',
  ])
})

test('how long ago', () => {
  expect([ago(1000, 1500), ago(0, 4000), ago(0, 250_000)]).toEqual(['just now', '4 s ago', '4 min ago'])
})

test('a phrase becomes a sentence; a sentence stays one', () => {
  expect([sentence('no driver was found'), sentence('It is there.'), sentence('')]).toEqual([
    'No driver was found.',
    'It is there.',
    '',
  ])
})
