import { z } from 'zod'

/** The name of the one video that a file speaks of. @param otherwise what it is called where nobody says */
export function nameOption(otherwise: string) {
  return z
    .string()
    .default('')
    .meta({ title: 'Name of the video', description: `Name of the video; left out, ${otherwise}`, on: 'read' })
}
