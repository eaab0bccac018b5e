import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { allFormats } from '@main/interchange/formats'
import { type Source, bytesOf } from '@main/interchange/source/source'
import { knottyVideo } from './foreign-readers'
import { aFolder, aSource } from './interchange'
import { contentsOf, written } from './memory-source'

/** `pyannot.pkl` of one clip with five boxes, as NumPy 2.4 pickles it (protocol 3). */
const pyannot =
  'gAN9cQBjbnVtcHkuX2NvcmUubXVsdGlhcnJheQpzY2FsYXIKcQFjbnVtcHkKZHR5cGUKcQJYAwAAAFUzMXEDiYiHcQRScQUoSwNYAQAAADxxBk' +
  '5OTkt8SwRLCHRxB2JDfEIAAABhAAAAcwAAAGsAAABlAAAAdAAAAGIAAABhAAAAbAAAAGwAAAAvAAAAdgAAAF8AAABCAAAAYQAAAHMAAABrAAAA' +
  'ZQAAAHQAAABiAAAAYQAAAGwAAABsAAAAXwAAAGcAAAAwAAAAMQAAAF8AAABjAAAAMAAAADEAAABxCIZxCVJxCn1xCyhYCwAAAGFubm90YXRpb2' +
  '5zcQxdcQ19cQ4oWAUAAABsYWJlbHEPSwBYAgAAAHNmcRBLAlgCAAAAZWZxEUsHWAUAAABib3hlc3ESY251bXB5Ll9jb3JlLm11bHRpYXJyYXkK' +
  'X3JlY29uc3RydWN0CnETY251bXB5Cm5kYXJyYXkKcRRLAIVxFUMBYnEWh3EXUnEYKEsBSwVLBIZxGWgCWAIAAAB1MXEaiYiHcRtScRwoSwNYAQ' +
  'AAAHxxHU5OTkr/////Sv////9LAHRxHmKIQxQKCwwNDhQUFBQUHh4eHh4oKCgoKHEfdHEgYnVhWAQAAABudW1mcSFoAWgcQwEocSKGcSNScSRo' +
  'D0sAdXMu'

/** `UCF101v2-GT.pkl` of the same clip with two boxes (protocol 2). */
const gttubes =
  'gAJ9cQAoWAYAAABsYWJlbHNxAV1xAlgKAAAAQmFza2V0YmFsbHEDYVgHAAAAZ3R0dWJlc3EEfXEFWB8AAABCYXNrZXRiYWxsL3ZfQmFza2V0Ym' +
  'FsbF9nMDFfYzAxcQZ9cQdLAF1xCGNudW1weS5fY29yZS5tdWx0aWFycmF5Cl9yZWNvbnN0cnVjdApxCWNudW1weQpuZGFycmF5CnEKSwCFcQtj' +
  'X2NvZGVjcwplbmNvZGUKcQxYAQAAAGJxDVgGAAAAbGF0aW4xcQ6GcQ9ScRCHcRFScRIoSwFLAksFhnETY251bXB5CmR0eXBlCnEUWAIAAABmNH' +
  'EViYiHcRZScRcoSwNYAQAAADxxGE5OTkr/////Sv////9LAHRxGWKJaAxYKwAAAAAAQEAAACBBAADCoEEAACBCAABwQgAAwoBAAAAwQQAAwqBB' +
  'AAAkQgAAcEJxGmgOhnEbUnEcdHEdYmFzc1gHAAAAbmZyYW1lc3EefXEfaAZLKHNYDAAAAHRyYWluX3ZpZGVvc3EgXXEhXXEiaAZhYVgLAAAAdG' +
  'VzdF92aWRlb3NxI11xJF1xJWFYCgAAAHJlc29sdXRpb25xJn1xJ2gGS/BNQAGGcShzdS4='

/** `finalAnnots.mat` of the same clip, as SciPy writes it. */
const finalAnnots =
  'TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IFR1ZSBEZWMgIDEgMDI6MzY6NTggMjAyNgAAAAAAAAAAAA' +
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0OAAAAQAIAAAYAAAAIAAAAAgAAAAAAAAAFAAAACAAAAAEAAAAB' +
  'AAAAAQAAAAUAAABhbm5vdAAAAAUABAAJAAAAAQAAABsAAABuYW1lAAAAAAB0dWJlcwAAAABudW1faW1ncwAAAAAAAA4AAABQAAAABgAAAAgAAA' +
  'AEAAAAAAAAAAUAAAAIAAAAAQAAAB8AAAABAAAAAAAAABAAAAAfAAAAQmFza2V0YmFsbC92X0Jhc2tldGJhbGxfZzAxX2MwMQAOAAAASAEAAAYA' +
  'AAAIAAAAAgAAAAAAAAAFAAAACAAAAAEAAAABAAAAAQAAAAAAAAAFAAQABgAAAAEAAAAYAAAAc2YAAAAAZWYAAAAAY2xhc3MAYm94ZXMADgAAAD' +
  'AAAAAGAAAACAAAAAkAAAAAAAAABQAAAAgAAAABAAAAAQAAAAEAAAAAAAAAAgABAAMAAAAOAAAAMAAAAAYAAAAIAAAACQAAAAAAAAAFAAAACAAA' +
  'AAEAAAABAAAAAQAAAAAAAAACAAEABwAAAA4AAAAwAAAABgAAAAgAAAAJAAAAAAAAAAUAAAAIAAAAAQAAAAEAAAABAAAAAAAAAAIAAQABAAAADg' +
  'AAAEgAAAAGAAAACAAAAAkAAAAAAAAABQAAAAgAAAAFAAAABAAAAAEAAAAAAAAAAgAAABQAAAAKCwwNDhQUFBQUHh4eHh4oKCgoKAAAAAAOAAAA' +
  'MAAAAAYAAAAIAAAACQAAAAAAAAAFAAAACAAAAAEAAAABAAAAAQAAAAAAAAACAAEAKAAAAA=='

const cvatImages = `<?xml version="1.0" encoding="utf-8"?>
<annotations><version>1.1</version><meta><task><name>clip</name><size>3</size></task></meta>
<image id="0" name="a.png" width="200" height="180"><box label="person" occluded="0" xtl="1" ytl="2" xbr="30" ybr="40"/></image>
<image id="1" name="b.png" width="200" height="180"><box label="person" occluded="1" xtl="2" ytl="2" xbr="31" ybr="40"/><tag label="pole"/></image>
</annotations>`

const xgtf = `<?xml version="1.0"?>
<viper xmlns="http://lamp.cfar.umd.edu/viper#" xmlns:data="http://lamp.cfar.umd.edu/viperdata#"><data><sourcefile filename="clip">
<object framespan="1:3" id="0" name="PERSON"><attribute name="Location"><data:bbox framespan="1:3" height="40" width="30" x="5" y="6"/></attribute>
<attribute name="Basketball"><data:bvalue framespan="1:3" value="true"/></attribute></object></sourcefile></data></viper>`

const via2 =
  'filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes\n' +
  [0, 1]
    .map(
      (i) =>
        `clip_00000${i}.jpg,1,"{}",1,0,"{""name"":""rect"",""x"":${i},""y"":2,""width"":30,""height"":40}","{""object"":""pole""}"\n`,
    )
    .join('')

const turk =
  'HITId,AssignmentId,WorkerId,AssignmentStatus,AcceptTime,SubmitTime,Input.video,Answer.pole\n' +
  'h1,a1,w1,Submitted,Thu Oct 09 07:30:20 UTC 2025,Thu Oct 09 07:31:20 PDT 2025,clip,yes\n' +
  'h1,a2,w2,Approved,Thu Oct 09 07:30:20 UTC 2025,Thu Oct 09 07:31:20 PST 2025,clip,?\n'

const crowd = JSON.stringify({
  kind: 'whynot-answers',
  version: 1,
  answers: [
    {
      ...{ worker: 'w1', video: 'clip', labels: { pole: 'present' }, submittedAt: '2026-03-01T10:00:00Z' },
      tracks: [{ attribute: 'pole', keyframes: [{ frame: 1, left: 1, top: 2, width: 30, height: 40 }] }],
    },
  ],
})

/** A small sound file of each format that is read, to be shuffled or broken; `ucf24` comes in three kinds. */
export async function soundFiles(): Promise<ReadonlyMap<string, Source>> {
  const readOnly: Readonly<Record<string, Source>> = {
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
    'cvat-images': aSource('clip.xml', cvatImages),
    viper: aSource('clip.xgtf', xgtf),
    via2: aSource('via2.csv', via2),
    mturk: aSource('batch.csv', turk),
    answers: aSource('answers.json', crowd),
    'ucf24 pyannot': aSource('pyannot.pkl', Buffer.from(pyannot, 'base64')),
    'ucf24 gttubes': aSource('UCF101v2-GT.pkl', Buffer.from(gttubes, 'base64')),
    'ucf24 finalAnnots': aSource('finalAnnots.mat', Buffer.from(finalAnnots, 'base64')),
  }
  const files = new Map(Object.entries(readOnly))
  for (const { name, extensions, read, write } of allFormats)
    if (read && write && !files.has(name))
      files.set(name, await written(`clip${extensions[0]}`, write(contentsOf([knottyVideo('clip')]), {})))
  return files
}

/** Where bytes are changed: a place as a share of the file, how many are cut out there, what is put in. */
type Change = readonly [at: number, cut: number, put: readonly number[]]

/** Bytes and pieces that mean something to readers, and some that do not. */
const put = fc.oneof(
  fc.array(fc.nat(255), { maxLength: 3 }),
  fc
    .constantFrom(
      '"',
      "'",
      '\n',
      '\r\n',
      ',',
      ';',
      '<',
      '>',
      '&',
      '{',
      '[',
      ']',
      '}',
      '\0',
      '-',
      'e9',
      '99999999999',
      'NaN',
      'null',
      '\u{1f600}',
      '<!DOCTYPE a>',
      '&#0;',
    )
    .map((text) => [...Buffer.from(text)]),
)
const cut = fc.oneof({ weight: 6, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: fc.constant(1 << 20) })

/** One to six changes; a cut may take all that follows. */
export const anyChanges: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), cut, put),
  { minLength: 1, maxLength: 6 },
)

/** The same source with some bytes changed, cut out or put in, in every file. */
export function mangled(source: Source, changes: readonly Change[]): Source {
  return {
    ...source,
    open: (path) => mangled(source.open(path), changes),
    stream: async function* () {
      yield await mangledBytes(source, changes)
    },
  }
}

async function mangledBytes(source: Source, changes: readonly Change[]): Promise<Buffer> {
  const bytes = [...(await bytesOf(source))]
  for (const [at, count, added] of changes) bytes.splice(Math.floor(at * bytes.length), count, ...added)
  return Buffer.from(bytes)
}

/** Writes a source as a file or folder below `folder`, mangled. @returns its path */
export async function writeMangled(source: Source, changes: readonly Change[], folder: string): Promise<string> {
  const to = join(folder, source.name)
  rmSync(to, { recursive: true, force: true })
  if (!source.isFolder) {
    writeFileSync(to, await mangledBytes(source, changes))
    return to
  }
  for (const path of source.files()) {
    mkdirSync(dirname(join(to, path)), { recursive: true })
    writeFileSync(join(to, path), await mangledBytes(source.open(path), changes))
  }
  return to
}
