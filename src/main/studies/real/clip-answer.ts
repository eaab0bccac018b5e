/** What is known of one attribute of one clip. */
export interface ShownWord {
  attribute: string
  /** The model's probability that the clip shows it; null without a presence head. */
  presence: number | null
  /** What people say of the clip; null where they were unsure. */
  shown: boolean | null
  /** Share of the training clips of class A that show it. */
  prior: number
}

/** The answer to "why A, and not the runner-up?" for one test clip. */
export interface ClipAnswer {
  pos: string
  /** The first card names this one of the words below. */
  said: string
  supported: boolean
  /** Every word of the vocabulary. */
  words: readonly ShownWord[]
}

/** Within so much of never and always, an attribute does not vary within its class. */
const margin = 0.1

/** An attribute that some clips of the class show and others do not: knowing the class does not tell it. */
export function varies({ prior }: Pick<ShownWord, 'prior'>): boolean {
  return prior >= margin && prior <= 1 - margin
}
