import { owner } from '@shared/actor'
import type { z } from 'zod'
import type { GroupRule } from '@shared/contract/library'
import { Failure } from '@shared/failures'
import { Command } from 'commander'
import {
  type OpenStudio,
  type ProjectOptions,
  projectOption,
  withProject,
} from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

interface GroupOptions extends ProjectOptions {
  by?: string
  pattern?: string
  json?: boolean
}

/** `whynot group`: which videos are of one film, person or place, so that they stay on one side. */
export function groupCommand(terminal: Terminal, open: OpenStudio): Command {
  return new Command('group')
    .description('Say which videos are of one film, person or place, so that they stay on one side; can be undone')
    .addOption(projectOption())
    .option('--by <rule>', "folder: each by its folder; ucf: by UCF's names (g01); none: each stands for itself")
    .option('--pattern <expression>', 'by what a regular expression finds in the name: its first group, or all of it')
    .option('--json', 'print one JSON object')
    .action((options: GroupOptions) =>
      withProject({ terminal, open }, options, async ({ library }) => {
        const { videos, groups, leaking } = library.setGroup(owner, { rule: ruleOf(options) })
        if (options.json) return terminal.json({ videos, groups, leaking })
        terminal.say(`${videos} videos, ${groups} groups`)
        if (leaking.length > 0)
          terminal.say(`Groups with training and test videos, which a test should not have: ${leaking.join(', ')}`)
      }),
    )
}

function ruleOf({ by, pattern }: GroupOptions): z.infer<typeof GroupRule> {
  if (pattern !== undefined && by === undefined) return { by: 'pattern', pattern }
  if (pattern === undefined && (by === 'folder' || by === 'ucf' || by === 'none')) return { by }
  const reason = 'Give --by folder, --by ucf or --by none, or a --pattern alone.'
  throw new Failure('BAD_SETTING', { setting: 'group', reason })
}
