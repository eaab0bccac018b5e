/** Why the native engine cannot be had here, and what would mend it. Never fatal: the studio then runs on WebAssembly. */
export class EngineMissing extends Error {
  constructor(
    readonly what: string,
    readonly mend: string,
  ) {
    super(`${what}; to mend it, ${mend}`)
    this.name = 'EngineMissing'
  }
}
