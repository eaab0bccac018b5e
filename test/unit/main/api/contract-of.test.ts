import { call, isProcedure } from '@orpc/server'
import { describe, expect, test } from 'vitest'
import { checkRole } from '@main/api/contract-of'
import { studioRouter } from '@main/api/router'
import type { Studio } from '@main/studio'
import { type Actor, type Role, may, owner } from '@shared/actor'
import { contract } from '@shared/contract'
import type { CallMeta } from '@shared/contract/base'
import { PersonId } from '@shared/ids'

interface Described {
  name: string
  role: Role | undefined
}

/** Every procedure there is, with the role it names. */
function walked(part: unknown, path: readonly string[] = []): Described[] {
  if (typeof part !== 'object' || part === null) return []
  if ('~orpc' in part) {
    const { meta } = part['~orpc'] as { meta: CallMeta }
    return [{ name: path.join('.'), role: meta.role }]
  }
  return Object.entries(part).flatMap(([name, inner]) => walked(inner, [...path, name]))
}

const as = (role: Role): Actor => ({ ...owner, id: PersonId.parse(role), role })
const procedures = walked(contract)
// A call that is let through fails at the studio, which is not there; one that is not never gets so far.
const nothing = {} as Studio
const router: Record<string, Record<string, unknown>> = studioRouter(nothing)

async function refusal(name: string, actor: Actor): Promise<unknown> {
  const [area = '', own = ''] = name.split('.')
  const procedure = router[area]?.[own]
  if (!isProcedure(procedure)) throw new Error(`no such procedure: ${name}`)
  try {
    await call(procedure, undefined, { context: { actor } })
    return null
  } catch (error) {
    return error
  }
}

const notAllowed = expect.objectContaining({ code: 'NOT_ALLOWED' })

test('every procedure says who may call it', () => {
  expect(procedures.length).toBeGreaterThan(50)
  expect(procedures.filter(({ role }) => !role)).toEqual([])
})

test('a procedure that names no role answers nobody, not even the owner', () => {
  expect(() => checkRole({}, owner)).toThrow(notAllowed)
})

describe.for(['annotator', 'reviewer', 'owner'] as const)('%s', (role) => {
  test.for(procedures)(
    'is answered, or refused before anything is read: $name',
    async ({ name, role: needed = 'owner' }) => {
      const refused = await refusal(name, as(role))
      if (may(as(role), needed)) expect(refused).not.toEqual(notAllowed)
      else expect(refused).toEqual(notAllowed)
    },
  )
})

test('annotators reach what labelling needs, and nothing of files, runs or people', () => {
  const reached = procedures.filter(({ role }) => role === 'annotator').map(({ name }) => name)
  expect(reached.filter((name) => !/^(annotation|work|campaigns)\./.test(name))).toEqual([
    'system.engine',
    'system.changes',
    'project.current',
    'project.guidelines',
    'people.me',
    'library.videos',
    'library.facets',
    'library.place',
    'library.ids',
    'library.video',
    'library.classes',
    'library.attributes',
  ])
  expect(procedures.filter(({ name, role }) => /^work\./.test(name) && role !== 'annotator')).toMatchObject([
    { name: 'work.accept', role: 'reviewer' },
    { name: 'work.sendBack', role: 'reviewer' },
  ])
  const ofCampaigns = reached.filter((name) => name.startsWith('campaigns.')).map((name) => name.slice(10))
  expect(ofCampaigns).toEqual(['guidelines', 'explained', 'mine', 'next', 'task', 'hold', 'submit', 'skip'])
})
