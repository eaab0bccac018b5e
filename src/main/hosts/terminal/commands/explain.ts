import { writeWhole } from '@main/files/write-whole'
import { resolve } from 'node:path'
import type { z } from 'zod'
import { ExplainOptions } from '@shared/config/explainer'
import type { Api } from '@shared/contract'
import type { Explanation } from '@shared/contract/explanation'
import {
  answerWords,
  fewWords,
  rankWords,
  secondWords,
  signed,
  sourceWords,
  unseenWords,
  whyUnsupported,
} from '@shared/answer-words'
import { Failure } from '@shared/failures'
import type { ClassId } from '@shared/ids'
import { presenceWords } from '@shared/presence-words'
import { Command } from 'commander'
import { addSettings, settingsFrom } from '@main/hosts/terminal/kit/setting-options'
import { type OpenStudio, type ProjectOptions, projectOption, withApi } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'
import { answerFormat, fileOf } from './answer-file'
import { runNamed } from './train-options'

interface ExplainCommandOptions extends ProjectOptions, Record<string, unknown> {
  video: string
  is?: string
  not?: string
  top: string
  run?: string
  html?: string
  out?: string[]
  whole?: boolean
  json?: boolean
}

/** `whynot explain`: why A, not B? */
export function explainCommand(terminal: Terminal, open: OpenStudio): Command {
  const command = new Command('explain')
    .description('Why A, not B? The best [attribute, tube] pairs for one video')
    .addOption(projectOption())
    .requiredOption('--video <name>', 'name of the video')
    .option('--is <class>', 'A, the class to explain; the prediction when left out')
    .option('--not <class>', 'B, the class it is told apart from; the runner-up when left out')
    .option('--top <count>', 'how many pairs, best first', '3')
    .option('--run <run>', 'name of the explanation run; the newest finished one when left out')
    .option('--whole', 'through the whole video instead of its middle clip; the same as --tubes whole')
    .option('--html <file>', 'write the answer as one HTML page')
    .option(
      '--out <file...>',
      'write the answer as its ending says: .html, .json, .csv, or its best place as a strip (.png), .webp or .mp4',
    )
    .option('--json', 'print one JSON object')
  return addSettings(command, ExplainOptions).action((options: ExplainCommandOptions) =>
    withApi({ terminal, open }, options, async (api) => {
      const question = await questionOf(api, options)
      const signal = terminal.interrupted
      const files = [...(options.html ? [options.html] : []), ...(options.out ?? [])]
      for (const file of files) answerFormat(file)
      const answer = await api.explanation.explain({ ...question, second: true }, { signal })
      for (const file of files.map((path) => resolve(terminal.cwd, path))) {
        writeWhole(file, await fileOf(api, { file, answer: await named(api, answer), question }, signal))
        if (!options.json) terminal.say(`Written to ${file}`)
      }
      if (files.length > 0 && !options.json) return
      if (options.json) terminal.json(await named(api, answer))
      else for (const line of inWords(answer)) terminal.say(line)
    }),
  )
}

async function questionOf(api: Api, options: ExplainCommandOptions) {
  const count = Number(options.top)
  if (!Number.isInteger(count) || count < 1 || count > 50)
    throw new Failure('BAD_SETTING', { setting: '--top', reason: 'It takes a whole number from 1 to 50.' })
  const { is, not } = options
  const { video, classes } = await api.library.named({
    video: options.video,
    classes: [is, not].flatMap((one) => one ?? []),
  })
  return {
    video,
    run: options.run ? (await runNamed(api, options.run)).id : undefined,
    pos: is === undefined ? undefined : classes[0],
    neg: not === undefined ? undefined : classes.at(-1),
    count,
    options: settingsFrom(ExplainOptions, {}, options.whole ? { ...options, tubes: 'whole' } : options),
  }
}

type Answer = z.infer<typeof Explanation>

function nameIn({ prediction }: Answer, id: ClassId): string {
  return prediction.classes.find((entry) => entry.class === id)?.name ?? id
}

/** The answer with names where the contract has ids, beside them. */
async function named(api: Api, answer: Answer) {
  const { name } = await api.library.video({ id: answer.video })
  return { videoName: name, posName: nameIn(answer, answer.pos), negName: nameIn(answer, answer.neg), ...answer }
}

function inWords(answer: Answer): string[] {
  const probability = (id: ClassId) => {
    const found = answer.prediction.classes.find((entry) => entry.class === id)
    return found ? found.probability.toFixed(3) : '?'
  }
  const [pos, neg] = [answer.pos, answer.neg].map((id) => `${nameIn(answer, id)} (p ${probability(id)})`)
  const cards = answer.cards.map((card, i) => {
    const [first, last] = [card.tube[0], card.tube.at(-1)]
    const where = first && last ? `frames ${first.frame}-${last.frame}, at ${boxInWords(first.box)}` : 'nowhere'
    const notes = [
      presenceWords(card.presence) ?? '',
      sourceWords(card),
      whyUnsupported(card, answer) ?? '',
      unseenWords(card) ?? '',
      fewWords(card) ?? '',
    ]
    return [
      `${i + 1}. ${card.name}  ${rankWords[card.rankedBy]} ${signed(card.rank)}, score ${signed(card.score)}  ${where}`,
      ...notes.filter(Boolean).map((note) => `   ${note}`),
    ].join('\n')
  })
  const { headline, detail } = answerWords(answer.cards, answer)
  const cautions = answer.cautions.map(({ title, text }) => `${title}: ${text}`)
  return [`Why ${pos}, not ${neg}?`, `${headline}. ${detail}`.trim(), ...cautions, ...cards, ...secondLines(answer)]
}

function secondLines({ second, cards }: Answer): string[] {
  if (!second) return []
  const overlap = second.opinion ? ` Overlap with the first tube ${second.opinion.agreement.toFixed(2)}.` : ''
  return [`Another way to ask (Grad-CAM of A minus B): ${secondWords(second, cards[0])}${overlap}`]
}

function boxInWords({ x1, y1, x2, y2 }: { x1: number; y1: number; x2: number; y2: number }): string {
  return [x1, y1, x2, y2].map((value) => Math.round(value)).join(',')
}
