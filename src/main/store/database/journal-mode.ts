import { statfsSync } from 'node:fs'

/** File systems of other machines, by the numbers of statfs(2): NFS, SMB, CIFS, SMB2, AFS, 9P, FUSE. */
const networks = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x01021997, 0x65735546])

/**
 * How a database in this folder keeps changes safe. The write-ahead log shares memory between processes, which a network
 * share cannot do (https://sqlite.org/wal.html), so there the older journal is used: slower, and readers wait for writers.
 */
export function journalMode(folder: string, typeOf: (folder: string) => number = fileSystem): 'WAL' | 'DELETE' {
  return networks.has(typeOf(folder)) ? 'DELETE' : 'WAL'
}

/** The number of the file system, 0 where the platform does not say. */
function fileSystem(folder: string): number {
  try {
    return statfsSync(folder).type
  } catch {
    return 0
  }
}
