import { describe, expect, test } from 'vitest'
import { FormatRegistry } from '@main/interchange/registry'
import { allFormats } from '@main/interchange/formats'
import { openSource } from '@main/interchange/source/open-source'
import type { Source } from '@main/interchange/source/source'
import { aFolder, aSource, partsOf } from '../../../../support/interchange'
import { hasSharedData, sharedData, whenShared } from '../../../../support/shared-data'

const read = async (format: string, source: Source, options = {}) => {
  const { parts, notes } = await partsOf(format, source, options)
  const videos = parts.flatMap((part) => (part.kind === 'video' ? [part.video] : []))
  return { videos: videos.map(({ name, class: of, split }) => [name, of, split]), notes, parts }
}
const formatOf = async (source: Source) => (await new FormatRegistry(allFormats).choose(source, 'auto')).format.name

describe('a list of videos', () => {
  test('is read with and without labels, whether paths, words, or folders of pictures with their lengths', async () => {
    const text =
      '\ufeffJump/a clip.avi 1\r\n\r\nJump/b.avi\r\n"Run/c, 2.avi",2\r\nRun/d.avi,baking cookies\r\nframes/e 163 4\r\n,,\r\n'
    const { videos, notes } = await read('lists', aSource('trainlist01.txt', text))
    expect(videos).toEqual([
      ['Jump/a clip.avi', 'Jump', 'train'],
      ['Jump/b.avi', 'Jump', 'train'],
      ['Run/c, 2.avi', 'Run', 'train'],
      ['Run/d.avi,baking cookies', 'Run', 'train'],
      ['frames/e', 'frames', 'train'],
    ])
    expect(notes).toEqual([])
  })

  test('of UCF101 takes its class list, counted from 1, and one of its three splits', async () => {
    const folder = aFolder('ucfTrainTestlist', {
      'classInd.txt': '1 Jump\n2 Run\n',
      'trainlist01.txt': 'Jump/v_Jump_g08_c01.avi 1\n',
      'testlist01.txt': 'Run/v_Run_g01_c01.avi\n',
      'trainlist02.txt': 'v_Run_g09_c01.avi 2\n',
      'testlist02.txt': 'v_Run_g01_c01.avi 3\n',
    })
    expect(await formatOf(folder)).toBe('lists')
    expect((await read('lists', folder)).videos).toEqual([
      ['Run/v_Run_g01_c01.avi', 'Run', 'test'],
      ['Jump/v_Jump_g08_c01.avi', 'Jump', 'train'],
    ])
    const second = await read('lists', folder, { fold: 2 })
    expect(second.videos).toEqual([
      ['v_Run_g01_c01.avi', null, 'test'],
      ['v_Run_g09_c01.avi', 'Run', 'train'],
    ])
    expect(second.notes).toMatchObject([{ line: 1, reason: expect.stringContaining('the label 3 is a number') }])
  })

  test('of HMDB51 says 1 for training, 2 for testing', async () => {
    const folder = aFolder('splits', {
      'brush_hair_test_split1.txt': 'a !!b.avi 1\nc.avi 2 \nd.avi 0\nwhat\n',
      'brush_hair_test_split2.txt': 'x.avi 1\n',
    })
    expect(await formatOf(folder)).toBe('hmdb51')
    const { videos, notes } = await read('hmdb51', folder)
    expect(videos).toEqual([
      ['a !!b.avi', 'brush_hair', 'train'],
      ['c.avi', 'brush_hair', 'test'],
      ['d.avi', 'brush_hair', null],
    ])
    expect(notes).toMatchObject([{ line: 4 }])
  })

  test('of Olympic Sports knows the misspelt names', async () => {
    const folder = aFolder('train_test_split', {
      'train/platform 10m.txt': '-x_00205_00355\n',
      'train/high jump.txt': 'a_1_2\n',
      'test/diving_platfrom_10m.txt': '_b_1_2\n',
    })
    expect(await formatOf(folder)).toBe('olympic')
    expect((await read('olympic', folder)).videos).toEqual([
      ['_b_1_2', 'diving_platform_10m', 'test'],
      ['a_1_2', 'high_jump', 'train'],
      ['-x_00205_00355', 'diving_platform_10m', 'train'],
    ])
  })

  test('of Kinetics is a table of ids and seconds', async () => {
    const text = 'label,youtube_id,time_start,time_end,split\nabseiling,0347ZoDXyP0,95,105,train\nx,,1,2,test\n'
    const source = aSource('train.csv', text)
    expect(await formatOf(source)).toBe('kinetics')
    const { videos, notes } = await read('kinetics', source)
    expect(videos).toEqual([['0347ZoDXyP0_000095_000105', 'abseiling', 'train']])
    expect(notes).toMatchObject([{ line: 3 }])
  })

  test('made of folders has the class before each name', async () => {
    const folder = aFolder('videos', { 'train/Jump/a.avi': '', 'val/Run/b.mp4': '', 'Run/c.mov': '', 'note.txt': '' })
    expect(await formatOf(folder)).toBe('folders')
    expect((await read('folders', folder)).videos).toEqual([
      ['Run/c.mov', 'Run', null],
      ['train/Jump/a.avi', 'Jump', 'train'],
      ['val/Run/b.mp4', 'Run', 'test'],
    ])
  })
})

test('a list of classes is read with numbers from any start, or without', async () => {
  const names = async (name: string, text: string) =>
    (await read('classes', aSource(name, text))).parts.map((part) => part.kind === 'class' && part.name)
  expect(await names('classInd.txt', '1 Jump\n2 High jump\n')).toEqual(['Jump', 'High jump'])
  expect(await names('ava.txt', '1: bend/bow (at the waist)\n3: kneel\n')).toEqual(['bend/bow (at the waist)', 'kneel'])
  expect(await names('labels.txt', 'air drumming\r\napplauding\r\n')).toEqual(['air drumming', 'applauding'])
  expect(await formatOf(aSource('classInd.txt', '1 Jump\n2 Run\n'))).toBe('classes')
})

test.skipIf(!hasSharedData)(`the published lists are read with their numbers of videos${whenShared}`, async () => {
  const count = async (path: string, format = 'lists', options = {}) => {
    const source = await openSource(sharedData('annotations', path))
    expect(await formatOf(source)).toBe(format)
    const { videos, notes } = await read(format, source, options)
    source.close()
    expect(notes).toEqual([])
    return videos.length
  }
  expect(await count('ucf101_24/testlist01.txt')).toBe(910)
  expect(await count('ucf101_24/lili_lists/ucf24_trainlist01.txt')).toBe(2293)
  expect(await count('ucf101_full/old_trainlist01.txt')).toBe(9537)
  expect(await count('ucf101_full/old_testlist01.txt')).toBe(3783)
  expect(await count('olympic_sports/video_Olympic.list')).toBe(783)
})
