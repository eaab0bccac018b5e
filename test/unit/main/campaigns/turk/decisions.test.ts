import { expect, test } from 'vitest'
import { bonusCsv, bonusesOf, decidedRows, decisionsCsv, workersCsv } from '@main/campaigns/turk/decisions'
import { turkTable } from '@main/interchange/turk/turk-table'
import { memoryFile } from '../../../../support/memory-source'

const text = [
  'HITId,AssignmentId,WorkerId,AssignmentStatus,Input.video,Answer.note,Approve',
  'H,A1,ann,Submitted,clip,"fine, \'=x",',
  'H,A2,ben,Submitted,clip,=2+2,',
  'H,A3,cid,Approved,clip,,',
  'H,A4,dan,Submitted,clip,,x',
].join('\r\n')

async function decided(): Promise<string> {
  const table = await turkTable(memoryFile('r.csv', text), 'auto', () => {})
  const rows = await decidedRows(table, ({ worker }) =>
    worker === 'ben' ? { reject: 'clicks, and looks not' } : { approve: true },
  )
  return decisionsCsv(table.columns, rows)
}

test('the file comes back with x or a reason for what was open; formulas are guarded, what was decided stays', async () => {
  expect(await decided()).toBe(
    [
      'HITId,AssignmentId,WorkerId,AssignmentStatus,Input.video,Answer.note,Approve,Reject',
      'H,A1,ann,Submitted,clip,"fine, \'=x",x,',
      'H,A2,ben,Submitted,clip,\'=2+2,,"clicks, and looks not"',
      'H,A3,cid,Approved,clip,,,',
      'H,A4,dan,Submitted,clip,,x,',
      '',
    ].join('\r\n'),
  )
})

test('what was decided here is read as rejected or not when it comes back', async () => {
  const table = await turkTable(memoryFile('r.csv', await decided()), 'auto', () => {})
  const read: unknown[] = []
  for await (const { answer } of table.rows) read.push([answer?.worker, answer?.status])
  expect(read).toEqual([
    ['ann', 'submitted'],
    ['ben', 'rejected'],
    ['cid', 'approved'],
    ['dan', 'submitted'],
  ])
})

test('bonuses go to the good, for what is approved; workers are a table, empty where there is nothing to tell', async () => {
  const table = await turkTable(memoryFile('r.csv', text), 'auto', () => {})
  const rows = await decidedRows(table, () => ({ approve: true }))
  const bonuses = bonusesOf(rows, { amount: 0.5, isGood: (worker) => worker === 'ann' || worker === 'cid' })
  expect(bonusCsv(bonuses)).toBe(
    'WorkerId,AssignmentId,BonusAmount,Reason\r\nann,A1,0.50,Your answers were right again and again. Thank you.\r\n',
  )
  const counts = { assignments: 2, approved: 1, rejected: 0, skipped: 1, medianSeconds: 2.5 }
  const worker = { worker: '=ann', ...counts, gold: null, goldSeen: 0, withOthers: 0.75, flags: ['tooQuick'] }
  expect(workersCsv([worker])).toContain("'=ann,2,1,0,1,2.500,,0,0.750,tooQuick\r\n")
})
