import { Command, CommanderError } from 'commander'
import { studioVersion } from '@main/system/doctor'
import { packCommand, unpackCommand } from './commands/archive'
import { backupsCommand, restoreCommand } from './commands/backups'
import { campaignCommand } from './commands/campaign/campaign'
import { doctorCommand } from './commands/doctor'
import { engineCommand } from './commands/engine'
import { evaluateCommand } from './commands/evaluate'
import { exportEvaluationCommand } from './commands/export-evaluation'
import { experimentCommand } from './commands/experiment'
import { explainCommand } from './commands/explain'
import { exportCommand } from './commands/export'
import { framesCommand } from './commands/frames'
import { groupCommand } from './commands/group'
import { guidelinesCommand } from './commands/guidelines'
import { importCommand } from './commands/import'
import { importLabelsCommand } from './commands/import-labels'
import { exportModelCommand } from './commands/export-model'
import { importModelCommand } from './commands/import-model'
import { labelCommand } from './commands/label'
import { newCommand } from './commands/new'
import { peopleCommand } from './commands/people'
import { probeCommand } from './commands/probe'
import { runsCommand } from './commands/runs'
import { serveCommand } from './commands/serve'
import { tourCommand } from './commands/tour'
import { sweepCommand } from './commands/sweep'
import { trainCommand } from './commands/train'
import { undoCommand } from './commands/undo'
import { workerCommand } from './commands/worker'
import { workersCommand } from './commands/workers'
import type { OpenStudio } from './kit/studio-session'
import type { Terminal } from './kit/terminal'

export interface ProgramParts {
  open: OpenStudio
  /** Built entry of the browser host. */
  browserEntry: string
}

/** All of `whynot`. */
export function whynot(terminal: Terminal, { open, browserEntry }: ProgramParts): Command {
  const program = new Command('whynot')
    .description('WhyNot Studio: why did the video model say A, and not B?')
    .version(studioVersion())
    .showHelpAfterError('(--help says what it takes)')
  const commands = [
    doctorCommand(terminal, open),
    engineCommand(terminal),
    newCommand(terminal, open),
    importCommand(terminal, open),
    importLabelsCommand(terminal, open),
    exportCommand(terminal, open),
    packCommand(terminal, open),
    unpackCommand(terminal),
    importModelCommand(terminal, open),
    exportModelCommand(terminal, open),
    labelCommand(terminal, open),
    undoCommand(terminal, open),
    groupCommand(terminal, open),
    guidelinesCommand(terminal, open),
    trainCommand(terminal, open),
    sweepCommand(terminal, open),
    runsCommand(terminal, open),
    explainCommand(terminal, open),
    evaluateCommand(terminal, open),
    exportEvaluationCommand(terminal, open),
    experimentCommand(terminal, open),
    backupsCommand(terminal),
    restoreCommand(terminal, open),
    campaignCommand(terminal, open),
    peopleCommand(terminal),
    serveCommand(terminal, browserEntry),
    workerCommand(terminal, open),
    workersCommand(terminal, open),
    tourCommand(terminal, open),
    probeCommand(terminal),
    framesCommand(terminal),
  ]
  for (const command of commands) program.addCommand(command)
  for (const command of everyCommand(program)) {
    command.exitOverride()
    command.configureOutput({
      writeErr: (text) => terminal.fail(new Error(text.trimEnd())),
      writeOut: (text) => terminal.say(text.trimEnd()),
    })
  }
  return program
}

/** Runs a command line; says what went wrong and sets the exit code. */
export async function runProgram(terminal: Terminal, parts: ProgramParts, argv: readonly string[]): Promise<void> {
  try {
    await whynot(terminal, parts).parseAsync([...argv], { from: 'user' })
  } catch (error) {
    // Commander has already said what was wrong with the line, or printed the help that was asked for.
    if (error instanceof CommanderError) return terminal.exitCode(error.exitCode)
    terminal.fail(error)
  }
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap((inner) => everyCommand(inner as Command))]
}
