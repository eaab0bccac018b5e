import { fixturePromises } from '../support/fixture-promises'
import { everyDecoder } from '../support/media'

for (const decoder of await everyDecoder()) fixturePromises(decoder)
