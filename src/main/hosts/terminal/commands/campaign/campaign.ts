import { Command } from 'commander'
import type { OpenStudio } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'
import { changeCommand, createCommand } from './create'
import { consolidateCommand, disagreementsCommand, qualityCommand, statisticsCommand, undoCommand } from './results'
import { decisionsCommand, importCommand, pagesCommand } from './crowd'
import {
  againCommand,
  answerCommand,
  goldCommand,
  itemsCommand,
  nextCommand,
  removeCommand,
  skipCommand,
} from './items'
import { decideCommand, leaveOutCommand } from './judge'
import { exportCommand, listCommand, showCommand, stateCommand } from './states'

/** `whynot campaign`: several people answer the same videos, from the first draft to one layer of all answers. */
export function campaignCommand(terminal: Terminal, open: OpenStudio): Command {
  const parts = { terminal, open }
  const command = new Command('campaign').description(
    'Let several people answer the same videos, and make one layer of it',
  )
  const commands = [
    createCommand(parts),
    changeCommand(parts),
    listCommand(parts),
    showCommand(parts),
    stateCommand(parts, 'open', 'Open a campaign: people are given items'),
    stateCommand(parts, 'paused', 'Pause a campaign: nobody is given a new item'),
    stateCommand(parts, 'closed', 'Close a campaign'),
    qualityCommand(parts),
    disagreementsCommand(parts),
    statisticsCommand(parts),
    consolidateCommand(parts),
    undoCommand(parts),
    exportCommand(parts),
    itemsCommand(parts),
    goldCommand(parts),
    againCommand(parts),
    leaveOutCommand(parts),
    decideCommand(parts),
    nextCommand(parts),
    answerCommand(parts),
    skipCommand(parts),
    pagesCommand(parts),
    importCommand(parts),
    decisionsCommand(parts),
    removeCommand(parts),
  ]
  for (const one of commands) command.addCommand(one)
  return command
}
