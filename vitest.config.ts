import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const alias = {
  '@shared': resolve('src/shared'),
  '@main': resolve('src/main'),
  '@renderer': resolve('src/renderer'),
}

/** Both of two cores work; where there are more, one is left to the machine. */
const maxWorkers = Math.max(2, availableParallelism() - 1)

const ownTemp = 'test/support/own-temp.ts'

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'node',
          environment: 'node',
          pool: 'forks',
          maxWorkers,
          include: ['test/unit/**/*.test.ts', 'test/integration/**/*.test.ts'],
          exclude: ['test/unit/renderer/**'],
          globalSetup: ownTemp,
          // A GPU multiplies with ten bits of mantissa unless it is told not to; numbers are compared to more than that.
          env: { NVIDIA_TF32_OVERRIDE: '0' },
          // Each file runs in a process of its own: packages of hundreds of modules are read as one.
          deps: {
            optimizer: {
              ssr: { enabled: true, include: ['drizzle-orm', 'drizzle-orm/better-sqlite3', 'drizzle-orm/sqlite-core'] },
            },
          },
          // They end what hangs, and nothing else: 200 damaged clips take three minutes where other work has both cores.
          testTimeout: 600_000,
          hookTimeout: 240_000,
        },
      },
      {
        resolve: { alias },
        plugins: [vue()],
        test: {
          name: 'web',
          environment: 'happy-dom',
          maxWorkers,
          include: ['test/unit/renderer/**/*.test.ts'],
          // A machine that does other things beside draws a screen in seconds.
          testTimeout: 60_000,
          setupFiles: ['test/support/web-setup.ts'],
          server: { deps: { inline: ['vuetify'] } },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'e2e',
          environment: 'node',
          pool: 'forks',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: [ownTemp, 'test/e2e/global-setup.ts'],
          // One browser at a time, and nothing beside it.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          // A browser beside everything else now and then loses a click. The summary names each test that ran twice.
          retry: 1,
          testTimeout: 180_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
})
