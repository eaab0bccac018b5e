import { expect, test } from 'vitest'
import { owner } from '@shared/actor'
import { Failure } from '@shared/failures'
import { MachineId, PersonId } from '@shared/ids'
import { Machines, type ProjectOfWorkers } from '@main/machines/studio/machines'
import type { WorkDesk } from '@main/machines/studio/work-desk'

const project = (tell: ProjectOfWorkers['tell'] = async () => {}): ProjectOfWorkers => ({
  ...{ uid: 'u', name: 'gym', desk: {} as WorkDesk, tell, jobs: async () => [] },
})
const beat = (name: string, version = '1') => ({
  ...{ id: MachineId.parse(name), name, host: 'lab', version, engine: 'WebAssembly', device: '' },
  ...{ lanes: ['gpu' as const], job: null, progress: null, trouble: null, leaving: false },
})
const aStudio = (of: ProjectOfWorkers | null = project()) =>
  new Machines({ version: '1', project: () => of, isShared: true, onChange: () => {} })

test('a worker is told the open project, and listed until it leaves', async () => {
  const machines = aStudio()
  expect(await machines.heard(beat('one'))).toEqual({ project: { uid: 'u', name: 'gym' }, drain: false })
  expect((await machines.list(owner)).machines).toMatchObject([{ name: 'one', state: 'idle', reason: null }])
  await machines.heard({ ...beat('one'), leaving: true })
  expect((await machines.list(owner)).machines).toEqual([])
})

test('a Redis that is away turns no worker away', async () => {
  const away = project(() => Promise.reject(new Failure('QUEUE_AWAY', { url: '', reason: '' })))
  expect(await aStudio(away).heard(beat('one'))).toMatchObject({ project: { uid: 'u' } })
})

test('one of another version, or with a wrong token, is not let in, and stands on the list with the reason', async () => {
  const machines = aStudio()
  await expect(machines.heard(beat('old', '0'))).rejects.toMatchObject({
    code: 'WORKER_VERSION',
    data: { studio: '1', worker: '0' },
  })
  expect(machines.refuseToken(beat('stranger'))).toMatchObject({ code: 'WORKER_TOKEN' })
  const { machines: list } = await machines.list(owner)
  expect(list.map(({ name, state }) => [name, state])).toEqual([
    ['old', 'refused'],
    ['stranger', 'refused'],
  ])
  expect(list[0]?.reason).toContain('The studio is 1, this worker is 0.')
  expect(list[1]?.reason).toContain('does not know the token')
})

test('why a worker takes no work is shown; a drained one is told so at its next sign of life', async () => {
  const machines = aStudio()
  await machines.heard({ ...beat('one'), trouble: 'No room: 9 MB are needed.' })
  expect((await machines.list(owner)).machines[0]).toMatchObject({ state: 'held', reason: 'No room: 9 MB are needed.' })
  await machines.drain(owner, MachineId.parse('one'), true)
  expect(await machines.heard(beat('one'))).toMatchObject({ drain: true })
})

test('only owners learn the command with the token, drain and forget', async () => {
  const machines = aStudio()
  machines.invitedBy('whynot worker --token secret')
  const reviewer = { id: PersonId.parse('r'), name: 'r', role: 'reviewer' as const }
  expect(machines.invite(owner).command).toContain('secret')
  expect(() => machines.invite(reviewer)).toThrow(Failure)
  expect(() => machines.forget(reviewer, MachineId.parse('one'))).toThrow(Failure)
  await expect(machines.drain(reviewer, MachineId.parse('one'), true)).rejects.toThrow(Failure)
})

test('a desk is that of the open project alone', () => {
  expect(() => aStudio().deskOf('another')).toThrow(expect.objectContaining({ code: 'NO_PROJECT' }))
  expect(() => aStudio(null).deskOf('u')).toThrow(expect.objectContaining({ code: 'NO_PROJECT' }))
})
