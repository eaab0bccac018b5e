import { globSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import vuetify from 'vite-plugin-vuetify'

const alias = {
  '@shared': resolve('src/shared'),
  '@main': resolve('src/main'),
  '@renderer': resolve('src/renderer'),
}

/** Every process has one entry, named `<process>.entry.ts`; it is built to out/main/<process>.js. */
const entries = Object.fromEntries(
  globSync('src/main/**/*.entry.ts').map((file) => [basename(file, '.entry.ts'), resolve(file)]),
)

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      target: 'node24',
      sourcemap: true,
      // Hundreds of modules that every process would look for one by one at its start.
      externalizeDeps: { exclude: ['drizzle-orm'] },
      rollupOptions: { input: entries, output: { format: 'es', entryFileNames: '[name].js' } },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      externalizeDeps: false,
      rollupOptions: {
        input: { index: resolve('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    resolve: { alias },
    plugins: [vue(), vuetify({ autoImport: true })],
    build: {
      minify: true,
      target: 'chrome140',
      chunkSizeWarningLimit: 1500,
      rollupOptions: { input: resolve('src/renderer/index.html') },
    },
  },
})
