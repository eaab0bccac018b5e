import { step, tool } from './steps.mjs'

/** Everything that reads the code without running it; what has not changed since the last time is not read again. One after the other where memory matters, in pairs otherwise. */
export async function checks() {
  const types = await Promise.all([
    step('types of the main side', [tool('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.node.json']),
    step('types of the window', [tool('vue-tsc/bin/vue-tsc.js'), '--noEmit', '-p', 'tsconfig.web.json']),
  ])
  const lint = await Promise.all([
    step('lint', [
      tool('eslint/bin/eslint.js'),
      '.',
      '--max-warnings',
      '0',
      '--cache',
      '--cache-location',
      'node_modules/.cache/eslint',
    ]),
    step('format', [tool('prettier/bin/prettier.cjs'), '--check', '.', '--log-level', 'warn', '--cache']),
  ])
  const structure = await Promise.all([
    step('layers and cycles', [
      tool('dependency-cruiser/bin/dependency-cruiser.mjs'),
      'src',
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err',
    ]),
    step('dead code', [tool('knip/bin/knip.js'), '--no-progress']),
    step('dead code in production', [tool('knip/bin/knip.js'), '--production', '--no-progress']),
  ])
  return [...types, ...lint, ...structure].every(Boolean)
}
