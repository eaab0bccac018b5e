import { expect, test } from 'vitest'
import { Access, type Knock, ownHosts } from '@main/hosts/browser/access'

const aKnock = (knock: Partial<Knock>): Knock => ({
  host: '127.0.0.1:8123',
  origin: undefined,
  cookie: undefined,
  authorization: undefined,
  ...knock,
})
const anAccess = () => new Access(ownHosts('127.0.0.1', 8123))

test('nobody comes in without token or cookie', () => {
  expect(anAccess().judge(aKnock({}))).toBe('unknown')
  expect(anAccess().judge(aKnock({ cookie: 'whynot-session=guess', authorization: 'Bearer guess' }))).toBe('unknown')
})

test('the token is exchanged for a cookie that scripts cannot read and other sites cannot send', () => {
  const access = anAccess()
  const cookie = access.exchange(access.token, false) ?? ''
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict$/)
  expect(access.judge(aKnock({ cookie: `other=1; ${cookie.split(';')[0]}` }))).toBe('in')
  expect(access.exchange('wrong', false)).toBeNull()
})

test('a script comes in with the token as a bearer', () => {
  const access = anAccess()
  expect(access.judge(aKnock({ authorization: `Bearer ${access.token}` }))).toBe('in')
})

test.each([
  ['another name (DNS rebinding)', { host: 'evil.example:8123' }],
  ['another port', { host: '127.0.0.1:80' }],
  ['no name at all', { host: undefined }],
  ["another site's page", { origin: 'https://evil.example' }],
  ['a page without an origin', { origin: 'null' }],
])('%s is foreign even with the right token', (_, knock) => {
  const access = anAccess()
  expect(access.judge(aKnock({ authorization: `Bearer ${access.token}`, ...knock }))).toBe('foreign')
})

test('a name given for a proxy is ours too', () => {
  const access = new Access(ownHosts('0.0.0.0', 8123, ['studio.example.org']))
  const knock = { host: 'studio.example.org', origin: 'https://studio.example.org' }
  expect(access.judge(aKnock({ ...knock, authorization: `Bearer ${access.token}` }))).toBe('in')
})
