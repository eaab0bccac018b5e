/**
 * Of the code that learns, explains and measures. Raise it when a change moves their numbers: figures in the docs that were measured
 * before are then stale, and a test names each until it is measured again.
 */
export const methodVersion = 1
