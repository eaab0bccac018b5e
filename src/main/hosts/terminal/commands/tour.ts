import { Command } from 'commander'
import type { OpenStudio } from '../studio-session'
import type { Terminal } from '../terminal'

/** `whynot tour`. */
export function tourCommand(_terminal: Terminal, _open: OpenStudio): Command {
  return new Command('tour').description('Make ShapeActs, train both models, explain, evaluate')
}
