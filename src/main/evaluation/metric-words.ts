import { methodWords } from '@shared/measure-words'

/** Names of methods and baselines on a page. */
export const methodNames: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(methodWords).map(([method, { name }]) => [method, name]),
)
