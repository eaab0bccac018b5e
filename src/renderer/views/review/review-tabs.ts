/** The parts of Review, in their order. */
export const reviewTabs = { summary: 'Summary', failures: 'Failures', compare: 'Compare' } as const
export type ReviewTab = keyof typeof reviewTabs
