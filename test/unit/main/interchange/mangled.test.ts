import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Failure } from '@shared/failures'
import type { Source } from '@main/interchange/source/source'
import { aFolder, aSource, partsOf } from '../../../support/interchange'

/** A sound file of each format, to be broken. */
const sound: Readonly<Record<string, Source>> = {
  jsonl: aSource(
    'a.jsonl',
    '{"kind":"dataset","version":1}\n{"kind":"class","name":"Jump"}\n{"kind":"prior","class":"Jump","attribute":"pole","value":"present"}\n',
  ),
  labels: aSource('a.csv', 'video,class,attribute,value,time\n"a, b",Jump,pole,1,2026-01-01\n,Run,"x\ny",0,\n'),
  matrix: aSource('m.csv', 'class,pole,water\nJump,1,0\nRun,,1\n'),
  kinetics: aSource('k.csv', 'label,youtube_id,time_start,time_end,split\njump,abc,1,11,train\n'),
  lists: aSource('trainlist01.txt', 'Jump/a.avi 1\n"Run/b, c.avi",2\nframes/d 163 3\n'),
  hmdb51: aSource('jump_test_split1.txt', 'a.avi 1\nb.avi 2\n'),
  olympic: aFolder('s', { 'train/high jump.txt': 'a_1_2\n', 'test/platform 10m.txt': 'b\n' }),
  classes: aSource('classInd.txt', '1 Jump\n2 Run\n'),
  folders: aFolder('v', { 'train/Jump/a.avi': '' }),
}

/** The same source with some bytes changed, cut out or put in, in every file. */
function mangled(source: Source, changes: readonly (readonly [number, number, number])[]): Source {
  return {
    ...source,
    open: (path) => mangled(source.open(path), changes),
    stream: async function* () {
      const pieces: Uint8Array[] = []
      for await (const piece of source.stream()) pieces.push(piece)
      const bytes = [...Buffer.concat(pieces)]
      for (const [at, remove, put] of changes) bytes.splice(at % (bytes.length + 1), remove, put)
      yield Buffer.from(bytes)
    },
  }
}

const changes = fc.array(fc.tuple(fc.nat(400), fc.nat(4), fc.nat(255)), { minLength: 1, maxLength: 6 })

test.each(Object.keys(sound))('2,000 mangled files of the format %s end in a report or a sentence', async (name) => {
  await fc.assert(
    fc.asyncProperty(changes, async (some) => {
      try {
        await partsOf(name, mangled(sound[name]!, some))
      } catch (error) {
        expect(error).toBeInstanceOf(Failure)
      }
    }),
    { numRuns: 2_000 },
  )
})
