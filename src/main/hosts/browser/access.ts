import { randomBytes, timingSafeEqual } from 'node:crypto'

/** What of a request decides whether it is let in. Header names in lower case. */
export interface Knock {
  host: string | undefined
  origin: string | undefined
  cookie: string | undefined
  authorization: string | undefined
}

export type Verdict = 'in' | 'unknown' | 'foreign'

const cookieName = 'whynot-session'
const bytes = 24

/**
 * Who may use the studio over HTTP: whoever holds the token of this start, as a link (exchanged for a cookie that other
 * sites cannot send) or as a bearer token, and only under an address that is ours.
 */
export class Access {
  /** Good as long as this server runs. */
  readonly token = randomBytes(bytes).toString('base64url')
  private readonly session = randomBytes(bytes).toString('base64url')

  /** @param hosts values of the Host header that mean this server, with port, in lower case */
  constructor(private readonly hosts: ReadonlySet<string>) {}

  /** The link that lets a browser in. */
  link(address: string): string {
    return `${address}/?token=${this.token}`
  }

  /** `foreign`: another site's page or name asks (also DNS rebinding); `unknown`: no token and no cookie. */
  judge(knock: Knock): Verdict {
    if (this.isForeign(knock)) return 'foreign'
    const bearer = /^Bearer (.+)$/i.exec(knock.authorization ?? '')?.[1]
    if (bearer && same(bearer, this.token)) return 'in'
    const session = cookieIn(knock.cookie)
    return session && same(session, this.session) ? 'in' : 'unknown'
  }

  /** The cookie for whoever brings the token, else null. */
  exchange(token: string | null, secure: boolean): string | null {
    if (!token || !same(token, this.token)) return null
    return `${cookieName}=${this.session}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
  }

  isForeign({ host, origin }: Pick<Knock, 'host' | 'origin'>): boolean {
    if (!host || !this.hosts.has(host.toLowerCase())) return true
    if (origin === undefined) return false
    return !URL.canParse(origin) || !this.hosts.has(new URL(origin).host)
  }
}

/** The names under which a server is reached: its address, its names on this machine, and those given. */
export function ownHosts(bound: string, port: number, more: readonly string[] = []): Set<string> {
  const names = ['127.0.0.1', 'localhost', '[::1]', bound.includes(':') ? `[${bound}]` : bound]
  return new Set([...names.map((name) => `${name}:${port}`), ...more].map((name) => name.toLowerCase()))
}

function cookieIn(header: string | undefined): string | null {
  const pair = header?.split(/;\s*/).find((part) => part.startsWith(`${cookieName}=`))
  return pair?.slice(cookieName.length + 1) ?? null
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
