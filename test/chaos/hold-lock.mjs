// Another program at the same database: holds its write lock for `ms`, and says when it has it.
import Sqlite from 'better-sqlite3'

const [file, ms] = process.argv.slice(2)
const db = new Sqlite(file, { timeout: 10_000 })
db.exec('begin immediate')
process.stdout.write('held\n')
setTimeout(() => {
  db.exec('rollback')
  db.close()
}, Number(ms))
