import { stat } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import { type Actor, requireRole } from '@shared/actor'
import type {
  AnswerCounts,
  AttributeInfo,
  Chosen,
  ClassInfo,
  Contradiction,
  GroupRule,
  ImportOptions,
  ImportRow,
  LabelValue,
  Split,
  Statistics,
  VideoDetail,
  VideoFacets,
  VideoFilter,
  VideoPage,
  VideoPlace,
  VideoQuery,
  VideoRow,
  VideoWindow,
} from '@shared/contract/library'
import type { Change } from '@shared/contract/system'
import { Failure } from '@shared/failures'
import { AttributeId, ClassId, type VideoId } from '@shared/ids'
import type { ImportResult } from '@shared/media'
import type { Project } from '@main/project/project'
import type { Edit } from '@main/store/history/edit'
import type { Stepped, Whose } from '@main/store/history/history'
import { newId } from '@main/store/database/new-id'
import type { AttributeRow } from '@main/store/repositories/attribute-repository'
import { priorsMoved } from '@main/edits/library/class-priors'
import { type ImportPlan, type PlannedVideo, planImport } from './import-plan'
import { ImportRecorder } from './import-recorder'
import { putAttribute, removeAttribute } from '@main/edits/library/attributes'
import { putClass, removeClass } from '@main/edits/library/classes'
import { removeVideos, setClass, setGroup, setLabels, setSplit } from '@main/edits/library/videos'
import { Names } from './names'
import { nothingSaid } from '@main/store/repositories/search-repository'
import { rowOf } from './search/entry'
import type { VideoSearch } from './search/video-search'
import { groupOf, leakingGroups } from './video-groups'
import { videoNotes } from './video-notes'
import { VocabularyService } from './vocabulary-service'

/** Words of the vocabulary as they are made and changed. */
type AttributeWords = Partial<Pick<AttributeRow, 'name' | 'group' | 'side' | 'description' | 'hotkey'>>

const whose = ({ id }: Actor): Whose => ({ scope: 'library', person: id })

const noVideos = { train: 0, test: 0, videos: 0 }

/** How many videos are looked at in one go. */
const pieceSize = 1000

/** Changes of more videos than this are told without naming them. */
const mostNamed = 200

/**
 * The videos of a project with their classes and splits, and the vocabulary they are described in. What changes something
 * is called inside `Project.write`, so that nobody waits for it but whoever asked.
 */
export class LibraryService {
  readonly vocabulary: VocabularyService
  private readonly recorder: ImportRecorder

  constructor(
    private readonly project: Project,
    private readonly search: VideoSearch,
    private readonly onChange: (change: Change) => void,
  ) {
    this.recorder = new ImportRecorder(project)
    this.vocabulary = new VocabularyService(project, onChange)
  }

  videos(window: VideoWindow): Promise<VideoPage> {
    return this.search.page(window)
  }

  facets(filter: VideoFilter): Promise<VideoFacets> {
    return this.search.facets(filter)
  }

  /** Throws Failure NOT_FOUND. */
  place({ video, ...query }: VideoQuery & { video: VideoId }): Promise<VideoPlace> {
    this.stored.videos.get(video)
    return this.search.place(query, video)
  }

  ids({ from, to, ...query }: VideoQuery & { from: number; to: number }): Promise<VideoId[]> {
    return this.search.ids(query, from, to)
  }

  answers(chosen: Chosen): Promise<AnswerCounts> {
    return this.search.answers(chosen)
  }

  /** Throws Failure NOT_FOUND. */
  video(id: VideoId): VideoDetail {
    const { videos } = this.stored
    const record = videos.get(id)
    const { proxyWidth, proxyHeight, proxyFps } = record
    const hasProxy = proxyWidth !== null && proxyHeight !== null && proxyFps !== null
    return {
      ...this.row(id),
      path: this.project.paths.absolute(record.path),
      sha256: record.sha256,
      codec: record.codec ?? 'unknown',
      decoder: record.decoder,
      rotateClockwise: record.rotateClockwise,
      variable: record.variable,
      notes: videoNotes(record),
      proxy: hasProxy ? { width: proxyWidth, height: proxyHeight, fps: proxyFps } : null,
      ...videos.frameTable(id),
      importedAt: record.importedAt,
      group: record.group,
    }
  }

  /** Ids by the names people write. Throws Failure UNKNOWN_NAME. */
  named({ video, classes }: { video: string; classes: readonly string[] }): { video: VideoId; classes: ClassId[] } {
    const names = new Names(this.project.repositories)
    return { video: names.video(video).id, classes: classes.map((name) => names.class(name).id) }
  }

  /** What an import would bring in. Rejects with Failure NOTHING_TO_IMPORT or BAD_SETTING. */
  async planImport(options: ImportOptions): Promise<ImportPlan> {
    const { paths } = this.project
    const there = new Map<string, string>()
    for await (const places of this.places()) for (const { path, name } of places) there.set(paths.absolute(path), name)
    return planImport(options, there)
  }

  /** Writes some results of an import, in one transaction; `planned` holds what the plan said of them. */
  recordImport(planned: readonly PlannedVideo[], results: readonly ImportResult[]): ImportRow[] {
    const rows = this.recorder.record(planned, results)
    this.changed(rows.flatMap(({ video }) => video ?? []))
    return rows
  }

  /**
   * Names the videos of an import whose files do not agree about class or split, which they then do not have; what is said
   * of a class comes to those that have one.
   */
  settleImport(planned: readonly PlannedVideo[], rows: readonly ImportRow[]): Contradiction[] {
    const found = this.recorder.settle(planned, rows)
    const touched = [...found.map(({ video }) => video), ...this.recorder.bringPriors()]
    if (touched.length > 0) this.changed(touched)
    return found
  }

  /**
   * Looks whether the files are still where they were imported from, and marks those that are not. Cheap, but one look
   * at the disk a video: for the start and for when somebody asks.
   * @returns how many have moved
   */
  async findMoved(): Promise<number> {
    let count = 0
    for await (const places of this.places()) {
      const isThere = await Promise.all(places.map(({ path }) => exists(this.project.paths.absolute(path))))
      const ids = (which: (video: (typeof places)[number], there: boolean) => boolean) =>
        places.filter((video, i) => which(video, isThere[i] ?? false)).map(({ id }) => id)
      const gone = ids((video, there) => !there && !video.moved)
      const back = ids((video, there) => there && video.moved)
      count += isThere.filter((there) => !there).length
      if (gone.length + back.length === 0) continue
      await this.project.write(() => {
        this.stored.videos.set(gone, { moved: true })
        this.stored.videos.set(back, { moved: false })
      })
      this.changed([...gone, ...back])
    }
    return count
  }

  /** All videos in pieces; others are answered between two of them. */
  private async *places() {
    for (let last: VideoId | null = null; ;) {
      const places = this.stored.videos.places(last, pieceSize)
      if (places.length > 0) yield places
      last = places.at(-1)?.id ?? null
      if (places.length < pieceSize) return
      await setImmediate()
    }
  }

  /**
   * Says where a video's file is now. Only the same content is taken, because boxes belong to its frames.
   * @param found what an import of the new place gave
   * Throws Failure NOT_FOUND, VIDEO_UNREADABLE or OTHER_CONTENT.
   */
  relink(id: VideoId, found: ImportResult): VideoDetail {
    const { videos } = this.stored
    const { sha256, name } = videos.get(id)
    const { path, record } = found
    if (record.status === 'failed') throw new Failure('VIDEO_UNREADABLE', { path, reason: record.reason ?? '' })
    if (record.sha256 !== sha256) throw new Failure('OTHER_CONTENT', { path, name })
    this.project.transaction(() => videos.setMedia(id, this.project.paths.stored(path), record))
    this.changed([id])
    return this.video(id)
  }

  /** The videos meant: those named, there or not, or all that a filter lets through. */
  async chosen(chosen: Chosen): Promise<readonly VideoId[]> {
    return Array.isArray(chosen) ? chosen : this.search.chosen(chosen)
  }

  /** Takes videos out of the project; their files stay. */
  remove(actor: Actor, videos: readonly VideoId[]): void {
    requireRole(actor, 'owner')
    const there = this.existing(videos)
    if (there.length > 0) this.do(actor, removeVideos.of({ videos: there }), there)
  }

  /** What is said of a class follows the videos: the old one's goes, the new one's comes. */
  setClass(actor: Actor, videos: readonly VideoId[], value: ClassId | null): void {
    requireRole(actor, 'reviewer')
    const there = this.existing(videos)
    if (there.length === 0) return
    const change = { groups: [{ value, videos: there }] }
    const labels = priorsMoved(this.stored, there, value)
    const edits = [setClass.of(change), ...(labels.length > 0 ? [setLabels.of({ labels })] : [])]
    this.project.history.doAll(whose(actor), setClass.label(change, this.stored), edits)
    this.changed(there)
  }

  setSplit(actor: Actor, videos: readonly VideoId[], value: Split | null): void {
    requireRole(actor, 'reviewer')
    const there = this.existing(videos)
    if (there.length > 0) this.do(actor, setSplit.of({ groups: [{ value, videos: there }] }), there)
  }

  /**
   * Says which videos are of one film, person or place, in one step.
   * @returns how many groups there now are, and those with videos on both sides
   * Throws Failure NOT_FOUND, BAD_SETTING.
   */
  setGroup(actor: Actor, { videos, rule }: { videos?: readonly VideoId[]; rule: z.infer<typeof GroupRule> }) {
    requireRole(actor, 'reviewer')
    const { videos: stored } = this.stored
    const ids = videos ? this.existing(videos) : stored.ids()
    const of = groupOf(rule)
    const byGroup = Map.groupBy(stored.ofIds(ids), of)
    const groups = [...byGroup].map(([value, some]) => ({ value, videos: some.map(({ id }) => id) }))
    this.do(actor, setGroup.of({ groups }), ids)
    const all = stored.all()
    const named = new Set(all.flatMap(({ group }) => group ?? []))
    return { videos: ids.length, groups: named.size, leaking: leakingGroups(all) }
  }

  /** This person's answer for many videos, or (null) none, and then nothing said of their class either. */
  setAttribute(
    actor: Actor,
    { videos, attribute, value }: { videos: readonly VideoId[]; attribute: AttributeId; value: LabelValue | null },
  ): void {
    requireRole(actor, 'reviewer')
    const there = this.existing(videos)
    const answer = value && { value, at: Date.now() }
    const people = value ? [actor.id] : [actor.id, null]
    const labels = there.flatMap((video) => people.map((person) => ({ video, attribute, person, answer })))
    if (there.length > 0) this.do(actor, setLabels.of({ labels }), there)
  }

  /**
   * Says that these attributes, and no others of the class's prior, are present in every video of a class. What people
   * said of a video stays. Throws Failure NOT_FOUND.
   */
  setClassPrior(actor: Actor, id: ClassId, attributes: readonly AttributeId[]): { videos: number } {
    requireRole(actor, 'reviewer')
    const { classes, videos, answers } = this.stored
    const { name } = classes.get(id)
    const members = videos.idsOfClass(id)
    const wanted = new Set(attributes)
    const said = Map.groupBy(answers.ofVideos(members), ({ video }) => video)
    const answer = { value: 'present', at: null } as const
    const labels = members.flatMap((video) => {
      const here = said.get(video) ?? []
      const settled = new Set(here.filter(({ person }) => person !== null).map(({ attribute }) => attribute))
      const dropped = here.filter(({ person, attribute }) => person === null && !wanted.has(attribute))
      const place = { video, person: null }
      return [
        ...[...wanted].filter((word) => !settled.has(word)).map((attribute) => ({ ...place, attribute, answer })),
        ...dropped.map(({ attribute }) => ({ ...place, attribute, answer: null })),
      ]
    })
    for (const attribute of wanted) this.stored.attributes.get(attribute)
    this.project.history.doAll(whose(actor), `Set the attributes of ${name}`, [setLabels.of({ labels })])
    this.changed(members)
    return { videos: members.length }
  }

  /** In natural order of name. */
  async classes(): Promise<ClassInfo[]> {
    const { classes } = await this.search.numbers()
    return this.stored.classes.rows().map((row) => ({ ...row, ...(classes.get(row.id) ?? noVideos) }))
  }

  /** Rejects with Failure NOT_FOUND. */
  async class(id: ClassId): Promise<ClassInfo> {
    const row = this.stored.classes.get(id)
    const { classes } = await this.search.numbers()
    return { ...row, ...(classes.get(id) ?? noVideos) }
  }

  /** Throws Failure NAME_TAKEN. */
  createClass(actor: Actor, name: string): ClassInfo {
    requireRole(actor, 'reviewer')
    const id = newId(ClassId)
    const row = { id, name: this.freeClassName(name) }
    this.do(actor, putClass.of({ row }))
    return { ...row, ...noVideos }
  }

  /** Throws Failure NOT_FOUND or NAME_TAKEN. */
  renameClass(actor: Actor, id: ClassId, name: string): void {
    requireRole(actor, 'reviewer')
    const row = this.stored.classes.get(id)
    const wanted = this.freeClassName(name, id)
    if (wanted !== row.name) this.do(actor, putClass.of({ row: { ...row, name: wanted } }))
  }

  removeClass(actor: Actor, id: ClassId): void {
    requireRole(actor, 'reviewer')
    this.do(actor, removeClass.of({ id }))
  }

  /** In the vocabulary's order. */
  async attributes(): Promise<AttributeInfo[]> {
    const { attributes } = await this.search.numbers()
    return this.stored.attributes.rows().map((row) => infoOf(row, attributes.get(row.id)))
  }

  /** Rejects with Failure NOT_FOUND. */
  async attribute(id: AttributeId): Promise<AttributeInfo> {
    const row = this.stored.attributes.get(id)
    const { attributes } = await this.search.numbers()
    return infoOf(row, attributes.get(id))
  }

  /** Adds a word with the first colour that is free. Throws Failure NAME_TAKEN. */
  createAttribute(actor: Actor, words: AttributeWords & { name: string }): AttributeInfo {
    requireRole(actor, 'reviewer')
    const row = this.newAttribute({ ...words, name: this.freeAttributeName(words.name) })
    this.do(actor, putAttribute.of({ row }))
    return infoOf(row)
  }

  /** Throws Failure NOT_FOUND or NAME_TAKEN. */
  updateAttribute(actor: Actor, id: AttributeId, words: AttributeWords): void {
    requireRole(actor, 'reviewer')
    const before = this.stored.attributes.get(id)
    const given = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined))
    const row = { ...before, ...given, name: this.freeAttributeName(words.name ?? before.name, id) }
    const had = row.hotkey && this.stored.attributes.rows().find((other) => other.hotkey === row.hotkey)
    const edits = [
      ...(had && had.id !== id ? [putAttribute.of({ row: { ...had, hotkey: '' } })] : []),
      putAttribute.of({ row }),
    ]
    this.project.history.doAll(whose(actor), putAttribute.label({ row }, this.stored), edits)
    this.changed([])
  }

  removeAttribute(actor: Actor, id: AttributeId): void {
    requireRole(actor, 'reviewer')
    this.do(actor, removeAttribute.of({ id }))
  }

  /** Numbers of the data set: Table 1 of Kanehira et al. 2019 for this project. */
  async statistics(): Promise<Statistics> {
    return (await this.search.numbers()).statistics
  }

  /** Takes back what this person did last in the library. */
  undo(actor: Actor): { label: string | null; aside: string[] } {
    requireRole(actor, 'reviewer')
    return this.stepped(this.project.history.undo(whose(actor)))
  }

  redo(actor: Actor): { label: string | null; aside: string[] } {
    requireRole(actor, 'reviewer')
    return this.stepped(this.project.history.redo(whose(actor)))
  }

  private get stored() {
    return this.project.repositories
  }

  private do(actor: Actor, edit: Edit, videos: readonly VideoId[] = []): void {
    this.project.history.do(whose(actor), edit)
    this.changed(videos)
  }

  private stepped({ done, aside }: Stepped): { label: string | null; aside: string[] } {
    if (done) {
      this.changed([])
      this.onChange({ area: 'guidelines', ids: [] })
    }
    return { label: done?.label ?? null, aside }
  }

  /** Labels and tracks hang on what the library changes, so both areas are told. No ids stand for all. */
  private changed(videos: readonly VideoId[]): void {
    const ids = videos.length > mostNamed ? [] : [...videos]
    this.onChange({ area: 'library', ids })
    this.onChange({ area: 'annotation', ids })
  }

  /** Throws Failure NOT_FOUND for a video that is no longer there. */
  private existing(wanted: readonly VideoId[]): VideoId[] {
    const there = this.stored.videos.present(wanted)
    const gone = wanted.find((id) => !there.has(id))
    if (gone) throw new Failure('NOT_FOUND', { kind: 'video', id: gone })
    return [...new Set(wanted)]
  }

  /** Throws Failure NOT_FOUND. */
  private row(id: VideoId): VideoRow {
    const { search } = this.stored
    const [facts] = search.facts([id])
    if (!facts) throw new Failure('NOT_FOUND', { kind: 'video', id })
    const place = new Map(search.attributes().map((word, i) => [word.id, i]))
    return rowOf({ ...facts, ...(search.said([id]).get(id) ?? nothingSaid), at: 0, work: [] }, place)
  }

  private newAttribute({ name, group = '', side = 'none', description = '' }: AttributeWords & { name: string }) {
    const { attributes } = this.stored
    const [position, slot] = [attributes.nextPosition(), attributes.freeSlot()]
    return { id: newId(AttributeId), name, position, slot, group, side, description, hotkey: '', picture: null }
  }

  private freeClassName(name: string, own?: ClassId): string {
    const wanted = name.trim().normalize('NFC')
    const other = this.stored.classes.byName(wanted)
    if (other && other.id !== own) throw new Failure('NAME_TAKEN', { kind: 'class', name: wanted })
    return wanted
  }

  private freeAttributeName(name: string, own?: AttributeId): string {
    const wanted = name.trim().normalize('NFC')
    const other = this.stored.attributes.byName(wanted)
    if (other && other.id !== own) throw new Failure('NAME_TAKEN', { kind: 'attribute', name: wanted })
    return wanted
  }
}

function infoOf({ position: _, ...row }: AttributeRow, counts = { videos: 0, withBoxes: 0 }): AttributeInfo {
  return { ...row, ...counts }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
