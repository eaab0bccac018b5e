import { Cause } from '@shared/contract/evaluation'

/** Why an output is wrong, in the order of the keys 1 to 6. */
export const causes = Cause.options

export const causeNames: Readonly<Record<Cause, string>> = {
  labelMissing: 'label missing',
  boxWrong: 'box wrong',
  tubeDrifts: 'tube drifts',
  synonym: 'synonym',
  classifierWrong: 'classifier wrong',
  unclear: 'unclear',
}
