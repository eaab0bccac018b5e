import { z } from 'zod'
import { Actor, Role } from '@shared/actor'
import { LinkId, PersonId, SessionId } from '@shared/ids'
import { Name } from '@shared/name'
import { forAnnotators, forOwners } from './base'

/** A way in that has not been used. Times in ms since 1970. */
const Link = z.object({ id: LinkId, createdAt: z.number(), expiresAt: z.number(), usedAt: z.number().nullable() })

/** A browser that came in by a link, or the token of a script. */
const Session = z.object({
  id: SessionId,
  kind: z.enum(['browser', 'token']),
  /** What the browser calls itself, or what the script is for. */
  name: z.string(),
  createdAt: z.number(),
  seenAt: z.number(),
})

export const Person = Actor.extend({
  addedAt: z.number(),
  /** When every way in was ended; null while they may come. */
  revokedAt: z.number().nullable(),
  links: z.array(Link),
  sessions: z.array(Session),
})
export type Person = z.infer<typeof Person>

/** Told once: the studio keeps a hash of it. `path` follows the address of the server. */
const NewLink = z.object({ person: PersonId, link: LinkId, path: z.string(), expiresAt: z.number() })

export const people = {
  me: forAnnotators.route({ method: 'GET', path: '/me', summary: 'Who asks, and in which role' }).output(Actor),
  list: forOwners
    .route({ method: 'GET', path: '/people', summary: 'People of the project, their links and sessions' })
    .output(z.array(Person)),
  add: forOwners
    .route({ method: 'POST', path: '/people', summary: 'Add a person and make their first link' })
    .input(z.object({ name: Name, role: Role.default('annotator') }))
    .output(NewLink),
  rename: forOwners
    .route({ method: 'POST', path: '/people/{id}/name', summary: 'Give a person another name' })
    .input(z.object({ id: PersonId, name: Name }))
    .output(z.null()),
  /** Their links and sessions end at once; what they answered stays, under their name. */
  revoke: forOwners
    .route({ method: 'DELETE', path: '/people/{id}', summary: 'End every way in of a person' })
    .input(z.object({ id: PersonId }))
    .output(z.null()),
  createLink: forOwners
    .route({ method: 'POST', path: '/people/{id}/links', summary: 'Make a link that works once' })
    .input(z.object({ id: PersonId }))
    .output(NewLink),
  removeLink: forOwners
    .route({ method: 'DELETE', path: '/links/{id}', summary: 'Take a link back' })
    .input(z.object({ id: LinkId }))
    .output(z.null()),
  createToken: forOwners
    .route({ method: 'POST', path: '/people/{id}/tokens', summary: 'Make a bearer token for a script' })
    .input(z.object({ id: PersonId, name: Name }))
    .output(z.object({ session: SessionId, token: z.string() })),
  endSession: forOwners
    .route({ method: 'DELETE', path: '/sessions/{id}', summary: 'End a session or take a token back' })
    .input(z.object({ id: SessionId }))
    .output(z.null()),
}
