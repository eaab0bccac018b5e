import type { ParseArgsConfig, parseArgs } from 'node:util'

export function optionsOr<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> & { problem?: string }
export function seedsOf(text: string): number[] | null
