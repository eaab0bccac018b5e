import { z } from 'zod'
import { defineFormat } from '@main/interchange/format'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { answersOfFile, looksLikeAnswers } from '@main/interchange/turk/answer-file'
import { crowdParts } from '@main/interchange/turk/crowd-parts'
import { crowdOptions } from '@main/interchange/turk/crowd-options'

/** Answers of any crowd as JSON: what a layout saves where no Mechanical Turk is behind it, or somebody types from paper. */
export const crowdAnswers = defineFormat({
  name: 'answers',
  title: 'Answers of a crowd (JSON)',
  extensions: ['.json'],
  options: z.object({ encoding: encodingOption, ...crowdOptions }),
  losses: [],
  detect({ isFolder, files, text }) {
    if (!isFolder) return looksLikeAnswers(text) ? { confidence: 0.99, why: 'it says that it holds answers' } : null
    const found = files.length > 0 && files.every((path) => /(^|\/)answer-[^/]*\.json$/i.test(path))
    return found ? { confidence: 0.9, why: 'its files are called answer-….json' } : null
  },
  async *read(source, { encoding, ...options }, reading) {
    const answers = async function* () {
      for await (const answer of answersOfFile(source, encoding, (note) => reading.note(note))) {
        reading.read(1)
        yield answer
      }
    }
    yield* crowdParts(answers(), options, reading)
  },
})
