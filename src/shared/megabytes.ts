/** A megabyte wherever the studio counts memory or files: a million bytes, as makers of disks and most systems count. */
export const bytesPerMegabyte = 1e6

export const megabytes = (bytes: number): number => bytes / bytesPerMegabyte
