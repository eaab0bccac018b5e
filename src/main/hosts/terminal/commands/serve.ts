import { fork } from 'node:child_process'
import { resolve } from 'node:path'
import { Failure } from '@shared/failures'
import { Command } from 'commander'
import { type ProjectOptions, projectOption } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

interface ServeOptions extends ProjectOptions {
  port: string
  host: string
  name: string[]
  root: string[]
  open: boolean
  tour: boolean
  redis?: string
}

/** `whynot serve`: the studio for a browser, in a process of its own, until Ctrl+C. */
export function serveCommand({ interrupted, exitCode, cwd }: Terminal, browserEntry: string): Command {
  const collect = (value: string, list: string[]) => [...list, value]
  return new Command('serve')
    .description('Serve the studio to a browser; prints READY and the link that lets one in')
    .option('--port <number>', 'port to listen on; 0 for a free one', '0')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--name <host:port>', 'a further name of this server, as behind a proxy; may be repeated', collect, [])
    .option(
      '--root <folder>',
      'a folder whose files people may name over this server; may be repeated. Needed with --host for imports',
      collect,
      [],
    )
    .option('--no-open', 'do not open a browser')
    .option('--tour', 'open the quick tour where no project was opened before', false)
    .option(
      '--redis <url>',
      'put trainings and measurements on this Redis, for `whynot worker` on any machine; they are done here when left out',
    )
    .addOption(projectOption())
    .action(async (options: ServeOptions) => {
      const port = Number(options.port)
      if (!Number.isInteger(port) || port < 0 || port > 65535)
        throw new Failure('BAD_SETTING', { setting: '--port', reason: 'It takes a whole number from 0 to 65535.' })
      const args = ['--port', String(port), '--host', options.host, ...options.name.flatMap((name) => ['--name', name])]
      args.push(...options.root.flatMap((root) => ['--root', resolve(cwd, root)]))
      if (options.project) args.push('--project', resolve(cwd, options.project))
      if (options.open) args.push('--open')
      if (options.tour) args.push('--tour')
      if (options.redis) args.push('--redis', options.redis)
      const child = fork(browserEntry, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
      const stop = () => void child.kill('SIGTERM')
      interrupted.addEventListener('abort', stop, { once: true })
      const code = await new Promise<number>((done) =>
        child.once('exit', (code, signal) => done(code ?? (signal ? 1 : 0))),
      )
      exitCode(code)
    })
}
