import type { Migration } from './migration'

/** Nothing ever kept an answer here: the worker keeps what it saw of the last clips, and a run's answers are quick. */
export const noStoredAnswers: Migration = {
  version: 8,
  up(db) {
    db.exec('drop table explanation')
  },
}
