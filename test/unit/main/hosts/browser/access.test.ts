import { expect, test } from 'vitest'
import { type Actor, owner } from '@shared/actor'
import { PersonId } from '@shared/ids'
import { Access, type Knock, ownHosts } from '@main/hosts/browser/access'

const aKnock = (knock: Partial<Knock>): Knock => ({
  host: '127.0.0.1:8123',
  origin: undefined,
  cookie: undefined,
  authorization: undefined,
  ...knock,
})
const ann: Actor = { id: PersonId.parse('ann'), name: 'Ann', role: 'annotator' }
/** One link ("link"), which becomes one session ("session"). */
function anAccess(hosts = ownHosts('127.0.0.1', 8123)) {
  let used = false
  const people = {
    holder: (secret: string) => (secret === 'session' && used ? { actor: ann } : null),
    enter: (secret: string) => {
      if (secret !== 'link' || used) return null
      used = true
      return 'session'
    },
  }
  return new Access({ hosts, port: 8123, people, token: 'start' })
}
const inChromium = { secure: false, browser: 'Chromium' }

test('nobody comes in without token or cookie', () => {
  expect(anAccess().judge(aKnock({}))).toEqual({ verdict: 'unknown' })
  const guess = aKnock({ cookie: 'whynot-session-8123=guess', authorization: 'Bearer guess' })
  expect(anAccess().judge(guess)).toEqual({ verdict: 'unknown' })
})

test('a link is exchanged, once, for a cookie that scripts cannot read and other sites cannot send', () => {
  const access = anAccess()
  const cookie = access.exchange('link', inChromium) ?? ''
  expect(cookie).toMatch(/^whynot-session-8123=session; .*HttpOnly; SameSite=Strict$/)
  expect(access.judge(aKnock({ cookie: `other=1; ${cookie.split(';')[0]}` }))).toEqual({ verdict: 'in', actor: ann })
  expect(access.exchange('link', inChromium)).toBeNull()
  expect(access.exchange('wrong', inChromium)).toBeNull()
})

test('two studios in one browser keep a cookie each, and that of the own port comes first', () => {
  const access = anAccess()
  access.exchange('link', inChromium)
  const cookie = 'whynot-session-9000=of-another; whynot-session-8123=session'
  expect(access.judge(aKnock({ cookie })).verdict).toBe('in')
  expect(access.judge(aKnock({ cookie: 'whynot-session-9000=session' })).verdict).toBe('in')
})

test('behind TLS the cookie stays there', () => {
  expect(anAccess().exchange('link', { ...inChromium, secure: true })).toMatch(/; Secure$/)
})

test("a script comes in with a person's token, or as the owner with that of the start", () => {
  const access = anAccess()
  access.exchange('link', inChromium)
  expect(access.judge(aKnock({ authorization: 'Bearer session' }))).toEqual({ verdict: 'in', actor: ann })
  expect(access.judge(aKnock({ authorization: 'Bearer start' }))).toEqual({ verdict: 'in', actor: owner })
})

test.each([
  ['another name (DNS rebinding)', { host: 'evil.example:8123' }],
  ['another port', { host: '127.0.0.1:80' }],
  ['no name at all', { host: undefined }],
  ["another site's page", { origin: 'https://evil.example' }],
  ['a page without an origin', { origin: 'null' }],
])('%s is foreign even with the right token', (_, knock) => {
  const access = anAccess()
  expect(access.judge(aKnock({ authorization: 'Bearer start', ...knock }))).toEqual({ verdict: 'foreign' })
})

test('a name given for a proxy is ours too', () => {
  const access = anAccess(ownHosts('0.0.0.0', 8123, ['studio.example.org']))
  const knock = { host: 'studio.example.org', origin: 'https://studio.example.org' }
  expect(access.judge(aKnock({ ...knock, authorization: 'Bearer start' })).verdict).toBe('in')
})
