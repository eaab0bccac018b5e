import sharp from 'sharp'
import { MediaWorker } from './media-worker'
import { parentChannel } from '@main/process/process-channel'

// Two of these run side by side; each keeps to one core.
sharp.concurrency(1)
sharp.cache(false)
new MediaWorker(parentChannel(), (code) => process.exit(code)).start()
