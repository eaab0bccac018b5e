import { isAbsolute, join, relative, resolve, sep } from 'node:path'

/** Where things lie in a project folder. */
export class ProjectPaths {
  readonly folder: string

  constructor(folder: string) {
    this.folder = resolve(folder)
  }

  get database(): string {
    return join(this.folder, 'project.db')
  }

  /** Held by whoever writes. */
  get lock(): string {
    return join(this.folder, 'project.lock')
  }

  get media(): string {
    return join(this.folder, 'media')
  }

  get runs(): string {
    return join(this.folder, 'runs')
  }

  get exports(): string {
    return join(this.folder, 'exports')
  }

  get backups(): string {
    return join(this.folder, 'backups')
  }

  /** Videos that were made inside the project. */
  get sources(): string {
    return join(this.folder, 'sources')
  }

  run(id: string): string {
    return join(this.runs, id)
  }

  /** A path as the database keeps it: what lies inside the folder moves with it. */
  stored(path: string): string {
    const inside = relative(this.folder, resolve(path))
    const isInside = inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)
    return isInside ? inside.split(sep).join('/') : resolve(path)
  }

  /** Where a stored path is on this machine now. */
  absolute(stored: string): string {
    return resolve(this.folder, stored)
  }
}
