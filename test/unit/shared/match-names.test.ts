import { describe, expect, test } from 'vitest'
import { NameIndex, WordIndex } from '@shared/match-names'

const named = (...paths: string[]) =>
  new NameIndex(
    paths.map((path) => ({ item: path, name: path.replace(/^\/videos\//, '').replace(/\.\w+$/, ''), path })),
  )

describe('a name of a video', () => {
  test('is found with and without folders, ending, blanks, and in any form of its characters', () => {
    const index = named('/videos/a/clip.mp4', '/videos/b/clip.mp4', '/videos/Übung 1.mov')
    for (const name of ['a/clip', 'a/clip.mp4', ' a / clip.avi ', 'videos/a/clip.mp4', 'x/a/clip', '.\\a\\clip.mp4'])
      expect(index.find(name).found, name).toBe('/videos/a/clip.mp4')
    for (const name of ['Übung 1'.normalize('NFD'), 'übung 1.MOV', 'Übung 1.mp4'])
      expect(index.find(name).found, name).toBe('/videos/Übung 1.mov')
  })

  test('is a question where it fits several', () => {
    expect(named('/videos/a/clip.mp4', '/videos/b/clip.mp4').find('clip')).toEqual({
      found: null,
      candidates: ['/videos/a/clip.mp4', '/videos/b/clip.mp4'],
    })
    expect(named('/videos/clip.mp4', '/videos/clip.avi').find('clip.avi').found).toBe('/videos/clip.avi')
  })

  test('of one file among several is found by folders in another case, where no case agrees more', () => {
    const index = named('/videos/Jump/clip.mp4', '/videos/Run/clip.mp4')
    expect(index.find('jump/clip.mp4').found).toBe('/videos/Jump/clip.mp4')
    const both = named('/videos/Jump/clip.mp4', '/videos/jump/clip.mp4')
    expect(both.find('jump/clip').found).toBe('/videos/jump/clip.mp4')
    expect(both.find('JUMP/clip').candidates).toHaveLength(2)
  })

  test('that is exactly equal comes before one that differs in case', () => {
    const index = named('/videos/grab.mp4', '/videos/Grab.mp4')
    expect(index.find('Grab').found).toBe('/videos/Grab.mp4')
    expect(index.find('GRAB').candidates).toHaveLength(2)
    expect(named('/videos/v_HandStandPushups_g01.avi').find('HandstandPushups/v_HandstandPushups_g01').found).toBe(
      '/videos/v_HandStandPushups_g01.avi',
    )
  })

  test('keeps a number after a dot, which is no ending', () => {
    expect(named('/videos/take 1.mp4').find('take 1.2').found).toBeNull()
  })

  test('counts for less than the fingerprint of the content', () => {
    const index = new NameIndex([
      { item: 1, name: 'clip', sha256: 'aa' },
      { item: 2, name: 'other', sha256: 'bb' },
    ])
    expect(index.find('clip', 'bb').found).toBe(2)
    expect(index.find('clip', 'cc').found).toBe(1)
  })
})

describe('a word', () => {
  test('is found exactly before in another case, whatever slashes and dots it has', () => {
    const index = new WordIndex(['grab', 'Grab', 'walk/run'].map((name) => ({ item: name, name })))
    expect(index.find('Grab').found).toBe('Grab')
    expect(index.find(' grab ').found).toBe('grab')
    expect(index.find('GRAB')).toEqual({ found: null, candidates: ['grab', 'Grab'] })
    expect(index.find('Walk/Run').found).toBe('walk/run')
    expect(index.find('run').candidates).toEqual([])
  })
})
