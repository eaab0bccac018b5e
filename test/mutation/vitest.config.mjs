// Runs unit tests on sources with one bug in them: WHYNOT_MUTANT names it.
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { mutants, mutation } from './mutants.mjs'

const mutant = mutants.find(({ name }) => name === process.env.WHYNOT_MUTANT)
if (!mutant) throw new Error(`There is no mutant named "${process.env.WHYNOT_MUTANT}".`)
const root = resolve(import.meta.dirname, '../..')

export default defineConfig({
  root,
  plugins: [mutation(mutant)],
  resolve: { alias: { '@shared': resolve(root, 'src/shared'), '@main': resolve(root, 'src/main') } },
  test: { environment: 'node', pool: 'forks', bail: 1, include: ['test/unit/main/**/*.test.ts'], testTimeout: 60_000 },
})
