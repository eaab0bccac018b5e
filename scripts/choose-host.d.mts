export function chooseHost(machine: {
  args: readonly string[]
  env: Readonly<Record<string, string | undefined>>
  platform: string
  root: string
}): { host: 'electron' | 'browser'; binary?: string; reason: string }
