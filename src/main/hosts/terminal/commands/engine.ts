import { Command } from 'commander'
import { ensureEngine } from '@main/learning/engine/install/ensure-engine'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

/** `whynot engine`: puts the native engine in. What a machine lacks is said, and is no error: WebAssembly stands in. */
export function engineCommand({ say, json, bar, interrupted }: Terminal): Command {
  return new Command('engine')
    .description('Put TensorFlow in, once per machine; says what is missing where that cannot be')
    .option('--verify', 'check the hashes of all its files')
    .option('--json', 'print one JSON object')
    .action(async ({ verify = false, json: asJson }: { verify?: boolean; json?: boolean }) => {
      const from = performance.now()
      const onProgress = (label: string) => bar({ label, done: 0, total: null, secondsLeft: null })
      const installation = await ensureEngine({ verify, signal: interrupted, onProgress })
      const seconds = (performance.now() - from) / 1000
      if (asJson) return json({ ...installation, seconds })
      const { folder, variant, version, reason } = installation
      say(folder ? `TensorFlow ${version} (${variant}) is in: ${reason}.` : `WebAssembly will be used: ${reason}.`)
      if (folder) say(`  ${folder}`)
    })
}
