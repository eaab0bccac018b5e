/**
 * What Electron's preload puts on `window.whynot`; absent in a browser. After `connect()` a message event of this window
 * brings the port of the contract: `event.data === portMessage`, the port is `event.ports[0]`.
 */
export interface Bridge {
  connect(): void
  /** The system's folder dialog; null when it was cancelled. */
  chooseFolder(): Promise<string | null>
  /** The system's dialog for several files and folders; empty when it was cancelled. */
  chooseFiles(): Promise<string[]>
}

export const portMessage = 'whynot:port'
