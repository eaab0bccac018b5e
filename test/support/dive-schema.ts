import { z } from 'zod'

/**
 * DIVE's annotation JSON as its documentation states it (github.com/Kitware/dive, docs/DataFormats.md, "DIVE Annotation
 * JSON", `AnnotationSchema`), and the rule of its server's models: first and last feature stand at `begin` and `end`
 * (server/dive_utils/models.py, `Track.validateFeatures`).
 */
const Values = z.record(z.string(), z.unknown())
const Feature = z.strictObject({
  frame: z.int().min(0),
  flick: z.number().optional(),
  interpolate: z.boolean().optional(),
  keyframe: z.boolean().optional(),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
  geometry: z.unknown().optional(),
  fishLength: z.number().optional(),
  attributes: Values.optional(),
  head: z.tuple([z.number(), z.number()]).optional(),
  tail: z.tuple([z.number(), z.number()]).optional(),
  notes: z.array(z.string()).optional(),
})
const about = {
  id: z.int(),
  meta: Values,
  attributes: Values,
  confidencePairs: z.array(z.tuple([z.string(), z.number()])),
  begin: z.int().min(0),
  end: z.int().min(0),
}
const Track = z
  .strictObject({ ...about, features: z.array(Feature) })
  .refine(({ begin, end, features }) => features[0]?.frame === begin && features.at(-1)?.frame === end, {
    error: 'first and last feature stand at begin and end',
  })
const Ranges = z.array(z.tuple([z.int(), z.int()]))
const Group = z.strictObject({ ...about, members: z.record(z.string(), z.object({ ranges: Ranges })) })

export const DiveAnnotations = z.strictObject({
  tracks: z.record(z.string(), Track),
  groups: z.record(z.string(), Group),
  version: z.literal(2),
  fps: z.number().positive().optional(),
})
