import type { Bridge } from '@shared/bridge'

declare global {
  interface Window {
    /** There under Electron only. */
    whynot?: Bridge
  }
}
