import { timingSafeEqual } from 'node:crypto'
import { type Actor, owner } from '@shared/actor'

/** What of a request decides whether it is let in. Header names in lower case. */
export interface Knock {
  host: string | undefined
  origin: string | undefined
  cookie: string | undefined
  authorization: string | undefined
}

export type Verdict = 'in' | 'unknown' | 'foreign'

/** Who holds which secrets; the studio's list of people. */
export interface Doorkeeper {
  holder(secret: string): { actor: Actor } | null
  /** Exchanges a link's secret, once, for that of a session. */
  enter(secret: string, browser: string): string | null
}

export interface AccessParts {
  /** Values of the Host header that mean this server, with port, in lower case. */
  hosts: ReadonlySet<string>
  port: number
  people: Doorkeeper
  /** What the owner's scripts may use as a bearer as long as this server runs; null for none. */
  token: string | null
}

const cookieStem = 'whynot-session'

/**
 * Who may use the studio over HTTP: whoever holds a session (by a cookie that other sites cannot send) or a token (as a
 * bearer), and only under an address that is ours. Everybody else is nobody.
 */
export class Access {
  constructor(private readonly parts: AccessParts) {}

  /** `foreign`: another site's page or name asks (also DNS rebinding); `unknown`: no token and no session. */
  judge(knock: Knock): { verdict: 'in'; actor: Actor } | { verdict: Exclude<Verdict, 'in'> } {
    if (this.isForeign(knock)) return { verdict: 'foreign' }
    const actor = this.actorOf(knock)
    return actor ? { verdict: 'in', actor } : { verdict: 'unknown' }
  }

  /**
   * The cookie for whoever brings a link that was not used yet, else null. The port belongs to its name: cookies know
   * no ports, and two studios on one machine would log each other out.
   */
  exchange(secret: string | null, { secure, browser }: { secure: boolean; browser: string }): string | null {
    const session = secret ? this.parts.people.enter(secret, browser) : null
    if (!session) return null
    const attributes = `Path=/; Max-Age=${60 * 24 * 3600}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
    return `${cookieStem}-${this.parts.port}=${session}; ${attributes}`
  }

  isForeign({ host, origin }: Pick<Knock, 'host' | 'origin'>): boolean {
    const { hosts } = this.parts
    if (!host || !hosts.has(host.toLowerCase())) return true
    if (origin === undefined) return false
    return !URL.canParse(origin) || !hosts.has(new URL(origin).host)
  }

  private actorOf({ authorization, cookie }: Knock): Actor | null {
    const { token, people } = this.parts
    const bearer = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]
    if (bearer !== undefined) {
      if (token !== null && same(bearer, token)) return owner
      return people.holder(bearer)?.actor ?? null
    }
    for (const secret of sessionsIn(cookie, this.parts.port)) {
      const found = people.holder(secret)
      if (found) return found.actor
    }
    return null
  }
}

/** The names under which a server is reached: its address, its names on this machine, and those given. */
export function ownHosts(bound: string, port: number, more: readonly string[] = []): Set<string> {
  const names = ['127.0.0.1', 'localhost', '[::1]', bound.includes(':') ? `[${bound}]` : bound]
  return new Set([...names.map((name) => `${name}:${port}`), ...more].map((name) => name.toLowerCase()))
}

/** Secrets of sessions, that of this port first: after a start on another port the one of before is still good. */
function sessionsIn(header: string | undefined, port: number): string[] {
  const pairs = (header ?? '').split(/;\s*/).map((part) => {
    const at = part.indexOf('=')
    return { name: part.slice(0, at), value: part.slice(at + 1) }
  })
  const ours = pairs.filter(({ name, value }) => name.startsWith(`${cookieStem}-`) && value !== '').slice(0, 16)
  const own = `${cookieStem}-${port}`
  return ours.sort((a, b) => Number(b.name === own) - Number(a.name === own)).map(({ value }) => value)
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
