import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LabelImport } from '@main/annotation/label-import'
import { parseLabels } from '@main/annotation/label-csv'
import { aLibrary } from '../../../support/library'
import { aProject } from '../../../support/project'

describe('a label file', () => {
  test('is read with any line ends, marks and separators, and names with commas and quotes', async () => {
    const said = [
      { of: 'video', name: "o'brien & co, take 2", attribute: 'pole', value: 'present' },
      { of: 'class', name: 'Kickflip', attribute: 'board flips', value: 'absent' },
    ]
    const comma =
      '\ufeffVideo,class,Attribute,value\r\n"o\'brien & co, take 2",,pole,1\r\n,Kickflip,board flips,absent\r\n'
    const tabs = "video\tclass\tattribute\tvalue\no'brien & co, take 2\t\tpole\tpresent\n\n\tKickflip\tboard flips\t0\n"
    expect(parseLabels(comma)).toEqual(said)
    expect(parseLabels(tabs)).toEqual(said)
  })

  test('means present where it has no column for the value', async () => {
    expect(parseLabels('class,attribute\nOllie,pop')).toEqual([
      { of: 'class', name: 'Ollie', attribute: 'pop', value: 'present' },
    ])
  })

  test.each([
    ['name,attribute\nclip,pole', 'line 1: the first line must name the columns'],
    ['video,attribute,value\nclip,pole,1\nclip,ball,maybe', 'line 3: "maybe" is not one of'],
    ['video,attribute\n,pole', 'line 2: neither a video nor a class'],
    ['video,attribute\nclip,', 'line 2: the attribute is missing'],
    ['', 'line 1'],
  ])('that makes no sense is refused with the line: %j', (text, reason) => {
    expect(() => parseLabels(text)).toThrow(
      expect.objectContaining({ data: { setting: 'labels', reason: expect.stringContaining(reason) } }),
    )
  })
})

describe('applying labels', () => {
  let made: ReturnType<typeof aProject>
  beforeEach(() => (made = aProject()))
  afterEach(() => made.remove())

  test('makes the words it needs, fills whole classes, keeps what people said, and is one step back', async () => {
    const { build, project } = made
    const kickflip = build.class('Kickflip')
    const flips = build.attribute('board flips')
    const [first, second] = ['Kickflip1', 'Kickflip2'].map((name) => build.video({ name, class: kickflip }))
    build.label(first!, flips, 'absent')
    const labels = new LabelImport(project, () => {})
    const said = { of: 'class', name: 'kickflip', value: 'present' } as const
    expect(labels.apply(['Board flips', 'feet leave board'].map((attribute) => ({ ...said, attribute })))).toEqual({
      labels: 3,
      videos: 2,
      newAttributes: ['feet leave board'],
      kept: 1,
    })
    expect(project.repositories.labels.ofVideo(first!)).toMatchObject([
      { attribute: flips, value: 'absent', source: 'person' },
      { value: 'present', source: 'class' },
    ])
    expect(project.repositories.labels.ofVideo(second!)).toHaveLength(2)
    const library = aLibrary(project)
    expect(library.undo().label).toBe('Import 3 labels')
    expect(project.repositories.labels.ofVideo(second!)).toEqual([])
    expect((await library.attributes()).map(({ name }) => name)).toEqual(['board flips'])
  })

  test('with an unknown name changes nothing and names what there is', async () => {
    const { build, project } = made
    build.video({ name: 'Kickflip30' })
    const rows = parseLabels('video,attribute,value\nKickflip30.mov,pole,1\nKickflip3,pole,1')
    build.video({ name: 'Ollie1', path: '/x/Ollie1.mov' })
    expect(() => new LabelImport(project, () => {}).apply(rows.slice(1))).toThrow(
      expect.objectContaining({
        code: 'UNKNOWN_NAME',
        data: { kind: 'video', name: 'Kickflip3', known: ['Kickflip30', 'Ollie1'] },
      }),
    )
    expect(project.repositories.attributes.count()).toBe(0)
  })

  test('of the same video twice takes the later one', async () => {
    const { build, project } = made
    const video = build.video({ name: 'clip' })
    new LabelImport(project, () => {}).apply(parseLabels('video,attribute,value\nclip,pole,1\nclip,Pole,0'))
    expect(project.repositories.labels.ofVideo(video)).toMatchObject([{ value: 'absent' }])
  })
})
