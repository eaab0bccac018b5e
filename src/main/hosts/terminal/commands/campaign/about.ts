import { Command } from 'commander'
import { type ProjectOptions, projectOption } from '@main/hosts/terminal/kit/studio-session'

export type AboutOptions = ProjectOptions & { json?: boolean }

/** A command about one campaign, with its options. */
export function about(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .argument('<campaign>', 'its name')
    .addOption(projectOption())
    .option('--json', 'print one JSON object')
}
