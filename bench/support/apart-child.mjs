// Started by `apart`: loads the module it is given and answers each message with what its `run` returns.
import { withSources } from '../../scripts/sources.mjs'

await withSources(async (load) => {
  const { run } = await load(process.argv[2])
  const asked = new Promise((end) => process.once('disconnect', end))
  process.on('message', async (input) => {
    try {
      process.send({ said: await run(input) })
    } catch (error) {
      process.send({ failed: error instanceof Error ? error.message : String(error) })
    }
  })
  process.send({ ready: true })
  await asked
})
