import { z } from 'zod'

/** Whether boxes without an identity become objects. @param which "boxes", or which of them */
export function linkOption(which: string) {
  const description = `Make one object of ${which} that overlap from frame to frame`
  return z.boolean().default(true).meta({ title: 'Link boxes', description, on: 'read' })
}
