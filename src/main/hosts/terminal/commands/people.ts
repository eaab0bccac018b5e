import { Role, owner } from '@shared/actor'
import type { Person } from '@shared/contract/people'
import { Failure } from '@shared/failures'
import { Command, Option } from 'commander'
import { type ProjectOptions, projectFolder, projectOption } from '@main/hosts/terminal/kit/studio-session'
import { openPeople } from '@main/people/open-people'
import type { PeopleService } from '@main/people/people-service'
import { homeFolder } from '@main/project/home-folder'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

type Options = ProjectOptions & { json?: boolean }

/** `whynot people`: who may come into a project over a browser. */
export function peopleCommand(terminal: Terminal): Command {
  const people = new Command('people').description(
    'Let people into a project by personal links, and put them out again',
  )
  for (const command of [addCommand(terminal), listCommand(terminal), revokeCommand(terminal)])
    people.addCommand(command)
  return people
}

function addCommand(terminal: Terminal): Command {
  return new Command('add')
    .description('Add a person and print a link that lets one browser in, once')
    .argument('<name>', 'as others read it; of somebody who is there already: another link for them')
    .addOption(new Option('--role <role>', 'what they may do').choices(Role.options).default('annotator'))
    .option('--token <what for>', 'print a bearer token for a script in place of a link')
    .addOption(projectOption())
    .option('--json', 'print one JSON object')
    .action((name: string, options: Options & { role: Role; token?: string }) =>
      withPeople(terminal, options, (people) => {
        const known = present(people.list(owner), name)
        const link = known
          ? people.createLink(owner, known.id)
          : people.add(owner, { name: name.trim(), role: options.role })
        if (options.token !== undefined) {
          people.removeLink(owner, link.link)
          const made = people.createToken(owner, link.person, options.token)
          return options.json ? terminal.json({ person: link.person, ...made }) : terminal.say(made.token)
        }
        if (options.json) return terminal.json(link)
        terminal.say(`${name} comes in once with this at the end of the studio's address: ${link.path}`)
      }),
    )
}

function listCommand(terminal: Terminal): Command {
  return new Command('list')
    .description('List people, their open links and their sessions')
    .addOption(projectOption())
    .option('--json', 'print one JSON array')
    .action((options: Options) =>
      withPeople(terminal, options, (people) => {
        const list = people.list(owner)
        if (options.json) return terminal.json(list)
        for (const person of list) for (const line of linesOf(person)) terminal.say(line)
      }),
    )
}

function revokeCommand(terminal: Terminal): Command {
  return new Command('revoke')
    .description('End every link and session of a person, or one of them')
    .argument('<who>', 'a name, or the id of a person, a link or a session as `people list` prints it')
    .addOption(projectOption())
    .action((who: string, options: Options) =>
      withPeople(terminal, options, (people) => {
        const list = people.list(owner)
        const link = list.flatMap(({ links }) => links).find(({ id }) => id === who)
        const session = list.flatMap(({ sessions }) => sessions).find(({ id }) => id === who)
        if (link) people.removeLink(owner, link.id)
        else if (session) people.endSession(owner, session.id)
        else people.revoke(owner, found(list, who).id)
        terminal.say(`Ended: ${who}.`)
      }),
    )
}

/** Beside a studio that holds the project too: who may come in is kept outside of it. */
function withPeople(terminal: Terminal, options: ProjectOptions, action: (people: PeopleService) => void): void {
  const people = openPeople(homeFolder(terminal.env), projectFolder(options, terminal))
  try {
    action(people)
  } finally {
    people.close()
  }
}

function present(list: readonly Person[], name: string): Person | undefined {
  return list.find((person) => person.revokedAt === null && person.name === name.trim())
}

function found(list: readonly Person[], who: string): Person {
  const person = list.find(({ id }) => id === who) ?? present(list, who)
  if (person) return person
  throw new Failure('UNKNOWN_NAME', { kind: 'person', name: who, known: list.map(({ name }) => name) })
}

function linesOf({ id, name, role, revokedAt, links, sessions }: Person): string[] {
  const day = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ')
  return [
    `${name}  ${revokedAt === null ? role : 'revoked'}  ${id}`,
    ...links.map((link) => `  link, open until ${day(link.expiresAt)}  ${link.id}`),
    ...sessions.map((session) => `  ${session.kind} ${session.name}, last seen ${day(session.seenAt)}  ${session.id}`),
  ]
}
