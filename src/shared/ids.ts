import { z } from 'zod'

/** Ids are opaque text, branded so that a class can never stand where a video is meant. */
export const VideoId = z.string().min(1).brand<'VideoId'>()
export const ClassId = z.string().min(1).brand<'ClassId'>()
export const AttributeId = z.string().min(1).brand<'AttributeId'>()
export const TrackId = z.string().min(1).brand<'TrackId'>()
export const SpanId = z.string().min(1).brand<'SpanId'>()
export const RunId = z.string().min(1).brand<'RunId'>()
export const SweepId = z.string().min(1).brand<'SweepId'>()
export const JobId = z.string().min(1).brand<'JobId'>()
export const EvaluationId = z.string().min(1).brand<'EvaluationId'>()
export const OutcomeId = z.string().min(1).brand<'OutcomeId'>()
export const PersonId = z.string().min(1).brand<'PersonId'>()
export const CampaignId = z.string().min(1).brand<'CampaignId'>()
export const ItemId = z.string().min(1).brand<'ItemId'>()
export const LinkId = z.string().min(1).brand<'LinkId'>()
export const SessionId = z.string().min(1).brand<'SessionId'>()
/** SHA-256 of the picture's bytes, hex. */
export const PictureId = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'PictureId'>()
export const MachineId = z.string().min(1).max(64).brand<'MachineId'>()

export type VideoId = z.infer<typeof VideoId>
export type ClassId = z.infer<typeof ClassId>
export type AttributeId = z.infer<typeof AttributeId>
export type TrackId = z.infer<typeof TrackId>
export type SpanId = z.infer<typeof SpanId>
export type RunId = z.infer<typeof RunId>
export type SweepId = z.infer<typeof SweepId>
export type JobId = z.infer<typeof JobId>
export type EvaluationId = z.infer<typeof EvaluationId>
export type OutcomeId = z.infer<typeof OutcomeId>
export type PersonId = z.infer<typeof PersonId>
export type CampaignId = z.infer<typeof CampaignId>
export type ItemId = z.infer<typeof ItemId>
export type LinkId = z.infer<typeof LinkId>
export type SessionId = z.infer<typeof SessionId>
export type PictureId = z.infer<typeof PictureId>
export type MachineId = z.infer<typeof MachineId>

/** Ordinal of a decoded picture, from 0 in presentation order. Never time x fps. */
export const Frame = z.int().min(0)
export type Frame = z.infer<typeof Frame>
