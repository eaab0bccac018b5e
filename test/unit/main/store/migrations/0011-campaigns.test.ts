import { expect, test } from 'vitest'
import { migrate } from '@main/store/database/migrate'
import { migrations } from '@main/store/migrations'
import { databaseAt, editedRows, rowsOf } from '../../../../support/database'

const attribute = (id: string) => ({
  ...{ id, name: id, position: 0, slot: 0, group: '', side: 'none', description: '' },
})
const campaign = {
  ...{ id: 'c', name: 'c', kind: 'attributes', state: 'open', videos: 'frozen', filter: '{}', attributes: '[]' },
  ...{ settings: '{}', guidelines: '', rule: null, computed_at: 5, created_at: 1, opened_at: 2 },
}
const item = { id: 'i', campaign: 'c', video: 'v', position: 0, extra: 0, answers: 0, gold: null }
const assignment = (person: string, state: string, left_out = 0) => ({
  ...{ item: 'i', person, state, given_at: 1, lease_until: 2, ended_at: null, seconds: null, reason: null },
  ...{ note: '', draft: '{}', outside: null, left_out },
})

test('what was said before stays as it was', () => {
  const db = databaseAt(10, { attribute: [attribute('a')] })
  const before = editedRows(db)
  migrate(db, migrations, 11)
  expect(editedRows(db)).toEqual(before)
  expect(rowsOf(db, 'campaign')).toEqual([])
})

test('an item counts the answers that are given and not left out, and an answer makes a layer one of yesterday', () => {
  const db = databaseAt(11, { campaign: [campaign], campaign_item: [item] })
  const count = () => db.prepare('select answers from campaign_item').pluck().get()
  const computed = () => db.prepare('select computed_at from campaign').pluck().get()
  const add = (row: Record<string, unknown>) => {
    const names = Object.keys(row)
    db.prepare(`insert into campaign_assignment (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`).run(
      ...Object.values(row),
    )
  }
  add(assignment('ann', 'held'))
  expect([count(), computed()]).toEqual([0, 5])
  db.exec("update campaign_assignment set state = 'answered' where person = 'ann'")
  expect([count(), computed()]).toEqual([1, null])
  add(assignment('bob', 'answered', 1))
  expect(count()).toBe(1)
  db.exec("update campaign_assignment set left_out = 0 where person = 'bob'")
  expect(count()).toBe(2)
  db.exec("delete from campaign_assignment where person = 'ann'")
  expect(count()).toBe(1)
})

test('a campaign takes along all that is its own', () => {
  const db = databaseAt(11, {
    campaign: [campaign],
    campaign_item: [item],
    campaign_assignment: [assignment('ann', 'answered')],
    campaign_answer: [{ item: 'i', person: 'ann', attribute: 'a', value: 'present' }],
  })
  db.exec('delete from campaign')
  for (const table of ['campaign_item', 'campaign_assignment', 'campaign_answer']) expect(rowsOf(db, table)).toEqual([])
})
