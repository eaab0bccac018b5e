import { Command } from 'commander'
import type { DoctorReport } from '@main/system/doctor'
import { type OpenStudio, withStudio } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

/** `whynot doctor`: what is in use on this machine, and why. Puts nothing in. */
export function doctorCommand({ say, json }: Terminal, open: OpenStudio): Command {
  return new Command('doctor')
    .description('Say what is in use on this machine, and why')
    .option('--json', 'print one JSON object')
    .action((options: { json?: boolean }) =>
      withStudio(open, async (studio) => {
        await studio.engine.lookInCache()
        const report = await studio.doctor()
        if (options.json) json(report)
        else for (const line of inWords(report)) say(line)
      }),
    )
}

function inWords({ studio, engine, node, sqlite, media, browser, electron, memory }: DoctorReport): string[] {
  const vectors = engine.instructionSets.length > 0 ? ` (${engine.instructionSets.join(' ')})` : ''
  return [
    `studio    ${studio}`,
    `engine    ${engine.backend ?? 'none'} ${engine.version ?? ''} on ${engine.device ?? 'nothing'}, ${engine.cores} cores${vectors}`,
    `          ${engine.reason}`,
    `node      ${node}`,
    `sqlite    ${sqlite}`,
    `media     ${media.decoder}: ${media.reason}`,
    ...(media.nodeAv ? [`          ${media.nodeAv}`] : []),
    ...(media.ffmpeg ? [`          ${media.ffmpeg}`] : []),
    `browser   ${browser.path ? `${browser.path} ${browser.version ?? ''}` : 'none on PATH (only tests need one)'}`,
    `electron  ${electron.available ? 'yes' : 'no'}: ${electron.reason}`,
    `memory    ${memory.freeMb} of ${memory.totalMb} MB free`,
  ]
}
