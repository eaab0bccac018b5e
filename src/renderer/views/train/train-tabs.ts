/** Parts of Train. */
export const trainTabs = { runs: 'Runs', workers: 'Workers' } as const
export type TrainTab = keyof typeof trainTabs
