import { starterVocabularies, starters } from '@shared/starter-vocabularies'
import { createRouterClient, implement } from '@orpc/server'
import { type Actor, owner } from '@shared/actor'
import { type Api, contract } from '@shared/contract'
import type { AnnotationChange, Annotations } from '@shared/contract/annotation'
import type { Keyframe } from '@shared/geometry/track'
import type { Job } from '@shared/contract/jobs'
import { ClassifierConfig } from '@shared/config/classifier'
import type { Estimate, MetricPoint, ModelFacts, Run, StartRun } from '@shared/contract/learning'
import type { AttributeInfo, Chosen, ClassInfo, VideoDetail, VideoRow } from '@shared/contract/library'
import type { Sweep } from '@shared/contract/sweeps'
import type { Machine } from '@shared/contract/machines'
import type { Person } from '@shared/contract/people'
import type { Backup, OpenProject, ProjectGuidelines } from '@shared/contract/project'
import type { Change, EngineReport } from '@shared/contract/system'
import { AttributeId, ClassId, JobId, PictureId, RunId, SpanId, TrackId, VideoId } from '@shared/ids'
import { FakeList } from './fake-list'
import { type FakeCampaigns, fakeCampaigns, noCampaigns } from './fake-campaigns'
import { interchangePart } from './fake-interchange'
import { fakeMeasures } from './fake-measures'
import { aPerson, fakePeople } from './fake-people'
import { fakeCrowds } from './fake-crowds'
import { fakeWork } from './fake-work'
import { fakeMachines } from './fake-machines'
import { fakeSweeps } from './fake-sweeps'

const names = ['pole', 'ball', 'ring', 'flag', 'crate', 'lamp', 'puddle', 'window']
const classNames = ['none', 'pole', 'ball', 'ring', 'pole + ball', 'pole + ring', 'ball + ring', 'pole + ball + ring']

export function anAttribute(slot: number, of: Partial<AttributeInfo> = {}): AttributeInfo {
  const name = names[slot % names.length] ?? 'word'
  const more = { group: '', side: 'none', description: '', hotkey: '', picture: null, videos: 0, withBoxes: 0 } as const
  return { id: AttributeId.parse(`a${slot}`), name, slot, ...more, ...of }
}

export function aClass(index: number, of: Partial<ClassInfo> = {}): ClassInfo {
  return {
    id: ClassId.parse(`c${index}`),
    name: classNames[index] ?? `class ${index}`,
    train: 0,
    test: 0,
    videos: 0,
    ...of,
  }
}

/** Every fourth video is for testing; classes and attributes go round. */
export function aVideo(index: number, of: Partial<VideoRow> = {}): VideoRow {
  const test = index % 4 === 3
  return {
    ...{ id: VideoId.parse(`v${index}`), name: `${test ? 'test' : 'train'}_${String(index).padStart(4, '0')}` },
    ...{
      class: ClassId.parse(`c${index % classNames.length}`),
      split: test ? 'test' : 'train',
      status: 'ok',
    },
    ...{ reason: null, frames: 16, fps: 8, width: 64, height: 64, tracks: test ? 2 : 0, moved: false },
    attributes: [AttributeId.parse(`a${index % names.length}`), AttributeId.parse(`a${(index + 1) % names.length}`)],
    annotation: (['done', 'partly', 'new'] as const)[index % 3] ?? 'new',
    ...of,
  }
}

export function aRun(index: number, of: Partial<Run> = {}): Run {
  return {
    ...{ id: RunId.parse(`r${index}`), name: `Run ${index}`, kind: 'classifier', state: 'done', job: null },
    ...{ sweep: null, stoppedEarly: false, archived: false, tags: [], note: '' },
    ...{ explains: null, startFrom: null, config: {}, preset: 'Quick', classes: classNames, attributes: names },
    ...{ trainVideos: 600, testVideos: 160, headline: {}, engine: 'tensorflow', failure: null, startedBy: 'studio' },
    ...{ createdAt: 1000 + index, startedAt: 1000, endedAt: 61_000 },
    ...of,
  }
}

export function aJob(index: number, of: Partial<Job> = {}): Job {
  return {
    ...{ id: JobId.parse(`j${index}`), kind: 'import', title: `Job ${index}`, state: 'running', progress: null },
    ...{ run: null, failure: null, result: null, createdAt: index, startedAt: index, endedAt: null },
    ...of,
  }
}

/** What the fake studio holds; a test changes it as it likes. */
export interface FakeState {
  project: OpenProject | null
  me: Actor
  backups: Backup[]
  /** How the project says to answer. */
  guidelines: ProjectGuidelines
  people: Person[]
  machines: Machine[]
  /** Jobs lie on a Redis. */
  isShared: boolean
  videos: VideoRow[]
  classes: ClassInfo[]
  attributes: AttributeInfo[]
  annotations: Map<VideoId, Annotations>
  campaigns: FakeCampaigns
  runs: Run[]
  sweeps: Sweep[]
  points: Map<RunId, MetricPoint[]>
  jobs: Job[]
  estimate: Estimate
  /** What any model file is. */
  model: ModelFacts
  engine: EngineReport
}

export interface FakeStudio {
  api: Api
  state: FakeState
  /** Calls made so far: "library.setClass" and what it was given. */
  calls: { name: string; input: unknown }[]
  /** Tells every window that something changed. */
  change(change: Change): void
  /** Changes a job and tells those who watch. */
  work(job: Job): void
  /** The next call of this name is refused with this error. */
  refuse(name: string, error: Error): void
  /** The next call of this name is answered late: as it was when asked, once what is returned is called. */
  hold(name: string): () => void
}

/** Listeners of a stream, as an async iterable each. */
class Feed<T> {
  private readonly listeners = new Set<(value: T) => void>()

  say(value: T): void {
    for (const listener of this.listeners) listener(value)
  }

  async *read(signal: AbortSignal | undefined): AsyncGenerator<T, void> {
    const waiting: T[] = []
    let wake = () => {}
    const listener = (value: T) => {
      waiting.push(value)
      wake()
    }
    this.listeners.add(listener)
    signal?.addEventListener('abort', () => wake())
    try {
      while (!signal?.aborted) {
        const next = waiting.shift()
        if (next !== undefined) yield next
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      this.listeners.delete(listener)
    }
  }
}

function firstState(videos: number): FakeState {
  return {
    project: {
      ...{ id: 'shapeacts', path: '/projects/shapeacts', name: 'ShapeActs', schemaVersion: 1 },
      ...{ videos, classes: classNames.length, attributes: names.length, problems: 0 },
    },
    me: owner,
    backups: [],
    guidelines: { markdown: '', html: '' },
    people: [aPerson()],
    ...{ machines: [], isShared: false },
    videos: Array.from({ length: videos }, (_, i) => aVideo(i)),
    classes: classNames.map((_, i) => aClass(i, { train: 6, test: 2, videos: 8 })),
    attributes: names.map((_, i) => anAttribute(i, { videos: 12, withBoxes: 3 })),
    annotations: new Map(),
    campaigns: noCampaigns(),
    runs: [],
    sweeps: [],
    points: new Map(),
    jobs: [],
    estimate: {
      findings: [{ level: 'ok', text: '48 training videos, 16 test videos.' }],
      ...{ seconds: 90, memoryMb: 900, trainVideos: 48, testVideos: 16, model: null },
    },
    model: {
      ...{ path: '/models/model.json', format: 'layers-model', frames: 16, height: 64, width: 64, classes: 8 },
      ...{
        output: 'probabilities',
        axes: 'NTHWC',
        classOutput: 'classes',
        outputs: ['classes'],
        names: null,
        scale: null,
      },
      layers: [
        { name: 'clip', kind: 'InputLayer', output: [16, 64, 64, 3], isMap: false },
        { name: 'conv4_relu', kind: 'ReLU', output: [16, 8, 8, 32], isMap: true },
        { name: 'conv5_relu', kind: 'ReLU', output: [16, 8, 8, 32], isMap: true },
        { name: 'classes', kind: 'Dense', output: [8], isMap: false },
      ],
      proposed: ['conv5_relu', 'conv4_relu'],
    },
    engine: {
      ...{ state: 'ready', backend: 'tensorflow', version: '2.21.0', device: 'a processor', cores: 2, progress: null },
      ...{ reason: 'The native engine is there.', instructionSets: ['AVX2', 'FMA'] },
    },
  }
}

/**
 * The whole contract over a ShapeActs-like project in memory: what comes in and goes out is checked by the contract's own
 * schemas, so that a screen under test meets nothing the studio would not say.
 */
export function fakeStudio(options: { videos?: number } = {}): FakeStudio {
  const state = firstState(options.videos ?? 64)
  const calls: FakeStudio['calls'] = []
  const refusals = new Map<string, Error>()
  const holds = new Map<string, Promise<void>>()
  const changes = new Feed<Change>()
  const jobs = new Feed<Job>()
  const os = implementer((name, input) => {
    calls.push({ name, input })
    const refusal = refusals.get(name)
    refusals.delete(name)
    if (refusal) throw refusal
    const held = holds.get(name)
    holds.delete(name)
    return held
  })
  const router = os.router({
    ...{ system: systemPart(os, state, changes), project: projectPart(os, state) },
    people: fakePeople(os, state),
    campaigns: fakeCampaigns(os, state),
    machines: fakeMachines(os, state),
    sweeps: fakeSweeps(os, state),
    crowds: fakeCrowds(os),
    ...{ library: libraryPart(os, state), annotation: annotationPart(os, state) },
    work: fakeWork(os, state),
    vocabulary: vocabularyPart(os, state),
    ...{ jobs: jobsPart(os, state, jobs), learning: learningPart(os, state) },
    ...{ interchange: interchangePart(os) },
    ...fakeMeasures(os, state),
  })
  return {
    ...{ api: createRouterClient(router), state, calls },
    change: (change) => changes.say(change),
    work: (job) => {
      state.jobs = [job, ...state.jobs.filter(({ id }) => id !== job.id)]
      jobs.say(job)
    },
    refuse: (name, error) => void refusals.set(name, error),
    hold: (name) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      holds.set(name, promise)
      return resolve
    },
  }
}

export type Implementer = ReturnType<typeof implementer>

/** @param called hears of every call before it is answered, may refuse it, and may hold the answer back */
function implementer(called: (name: string, input: unknown) => Promise<void> | undefined) {
  return implement(contract).use(async ({ next, path }, input) => {
    const held = called(path.join('.'), input)
    const answer = await next()
    await held
    return answer
  })
}

function systemPart(os: Implementer, state: FakeState, changes: Feed<Change>) {
  const entries = [
    { name: 'films', path: '/home/films', kind: 'folder' as const },
    { name: 'one.mp4', path: '/home/one.mp4', kind: 'video' as const },
    { name: 'all.zip', path: '/home/all.zip', kind: 'other' as const },
  ]
  return {
    doctor: os.system.doctor.handler(() => ({
      ...{ studio: '0.1.0', engine: state.engine, node: '24.21.0', sqlite: '3.51' },
      media: { decoder: 'node-av', nodeAv: '6.1', ffmpeg: null, reason: 'node-av is there.' },
      browser: { path: null, version: null },
      electron: { available: false, reason: 'No display.' },
      memory: { totalMb: 16_000, freeMb: 8000 },
    })),
    engine: os.system.engine.handler(() => state.engine),
    installEngine: os.system.installEngine.handler(() => state.engine),
    browse: os.system.browse.handler(({ input }) => ({ path: input.path ?? '/home', parent: '/', entries })),
    changes: os.system.changes.handler(({ signal }) => changes.read(signal)),
  }
}

function projectPart(os: Implementer, state: FakeState) {
  const open = (path: string) => (state.project = { ...(state.project ?? firstState(0).project!), path })
  return {
    current: os.project.current.handler(() => state.project),
    guidelines: os.project.guidelines.handler(() => state.guidelines),
    setGuidelines: os.project.setGuidelines.handler(({ input: { markdown } }) => {
      state.guidelines = { markdown, html: markdown && `<p>${markdown}</p>` }
      return state.guidelines
    }),
    addPicture: os.project.addPicture.handler(() => ({ picture: 'p', markdown: '![](picture:p)' })),
    recent: os.project.recent.handler(() => []),
    create: os.project.create.handler(({ input }) => open(input.path)),
    open: os.project.open.handler(({ input }) => open(input.path)),
    close: os.project.close.handler(() => (state.project = null)),
    backups: os.project.backups.handler(() => state.backups),
    restore: os.project.restore.handler(({ input }) => open(input.path)),
    unpack: os.project.unpack.handler(({ input }) => open(input.path)),
    saveElsewhere: os.project.saveElsewhere.handler(({ input }) => open(input.path)),
    tour: os.project.tour.handler(() => ({ project: open('/home/quick-tour'), job: null })),
  }
}

function detailOf(video: VideoRow): VideoDetail {
  return {
    ...{ ...video, path: `/films/${video.name}.mp4`, sha256: 'f'.repeat(64), codec: 'h264', decoder: 'node-av' },
    ...{ rotateClockwise: 0, variable: false, badFrames: [], notes: [], importedAt: 1, group: null },
    proxy: { width: video.width, height: video.height, fps: 8 },
    timestampsMs: Array.from({ length: video.frames }, (_, i) => i * 125),
  }
}

function libraryPart(os: Implementer, state: FakeState) {
  let list = new FakeList(state)
  const listed = () => (list.isOf(state) ? list : (list = new FakeList(state)))
  const change = (chosen: Chosen, to: (video: VideoRow) => VideoRow) => {
    const ids = new Set(listed().chosen(chosen))
    state.videos = state.videos.map((video) => (ids.has(video.id) ? to(video) : video))
    return null
  }
  const video = (id: VideoId) => detailOf(state.videos.find((one) => one.id === id) ?? aVideo(0, { id }))
  const { library } = os
  return {
    videos: library.videos.handler(({ input }) => listed().page(input)),
    facets: library.facets.handler(({ input }) => listed().facets(input)),
    place: library.place.handler(({ input }) => listed().place(input)),
    ids: library.ids.handler(({ input }) => listed().ids(input)),
    answers: library.answers.handler(({ input }) => listed().answers(input.videos)),
    video: library.video.handler(({ input }) => video(input.id)),
    label: library.label.handler(({ input }) => ({
      ...{ labels: input.labels.length, videos: 1, newAttributes: [], kept: 0 },
    })),
    named: library.named.handler(({ input }) => ({
      video: state.videos.find(({ name }) => name === input.video)?.id ?? VideoId.parse(input.video),
      classes: input.classes.map((name) => state.classes.find((one) => one.name === name)?.id ?? ClassId.parse(name)),
    })),
    preview: library.preview.handler(({ input }) => ({
      found: input.paths.map((path) => ({ path, class: 'Kickflip', split: null })),
      skipped: [{ path: '/films/readme.txt', reason: 'Not a video.' }],
      lists: [{ path: '/films/trainlist01.txt', split: 'train' as const }],
    })),
    import: library.import.handler(() => ({ job: JobId.parse('j1') })),
    relink: library.relink.handler(({ input }) => ({ ...video(input.id), path: input.path, moved: false })),
    remove: library.remove.handler(({ input }) => {
      const gone = new Set(listed().chosen(input.videos))
      state.videos = state.videos.filter(({ id }) => !gone.has(id))
      return null
    }),
    setClass: library.setClass.handler(({ input }) => change(input.videos, (v) => ({ ...v, class: input.class }))),
    setGroup: library.setGroup.handler(() => ({ videos: 0, groups: 0, leaking: [] })),
    setSplit: library.setSplit.handler(({ input }) => change(input.videos, (v) => ({ ...v, split: input.split }))),
    setAttribute: library.setAttribute.handler(({ input: { videos, attribute, value } }) =>
      change(videos, (v) => {
        const others = v.attributes.filter((id) => id !== attribute)
        return { ...v, attributes: value === 'present' ? [...others, attribute] : others }
      }),
    ),
    setClassPrior: library.setClassPrior.handler(() => ({ videos: 8 })),
    classes: library.classes.handler(() => state.classes),
    createClass: library.createClass.handler(({ input }) => {
      const made = aClass(state.classes.length, input)
      state.classes = [...state.classes, made]
      return made
    }),
    renameClass: library.renameClass.handler(({ input }) => {
      state.classes = state.classes.map((one) => (one.id === input.id ? { ...one, name: input.name } : one))
      return state.classes.find(({ id }) => id === input.id) ?? aClass(0)
    }),
    removeClass: library.removeClass.handler(({ input }) => {
      state.classes = state.classes.filter(({ id }) => id !== input.id)
      return null
    }),
    attributes: library.attributes.handler(() => state.attributes),
    createAttribute: library.createAttribute.handler(({ input }) => {
      const made = anAttribute(state.attributes.length, input)
      state.attributes = [...state.attributes, made]
      return made
    }),
    updateAttribute: library.updateAttribute.handler(({ input }) => {
      state.attributes = state.attributes.map((one) => (one.id === input.id ? { ...one, ...input } : one))
      return state.attributes.find(({ id }) => id === input.id) ?? anAttribute(0)
    }),
    removeAttribute: library.removeAttribute.handler(({ input }) => {
      state.attributes = state.attributes.filter(({ id }) => id !== input.id)
      return null
    }),
    statistics: library.statistics.handler(() => ({
      ...{ videos: { train: 48, test: 16, none: 0 }, classes: state.classes.length, attributes: 8 },
      ...{ attributesPerVideo: 2, boxes: { train: 0, test: 32 } },
      classByAttribute: state.classes
        .slice(1)
        .map(({ id }) => ({ class: id, attribute: anAttribute(0).id, videos: 8 })),
    })),
    undo: library.undo.handler(() => ({ label: 'Set class of 2 videos', aside: [] })),
    redo: library.redo.handler(() => ({ label: null, aside: [] })),
  }
}

/** What a window that knew `before` has to be told of `after`. */
function changeOf(before: Annotations, after: Annotations): AnnotationChange {
  const labels = [...new Set([...before.labels, ...after.labels].map(({ attribute }) => attribute))]
  const there = new Set(after.tracks.map(({ id }) => id))
  const spansThere = new Set(after.spans.map(({ id }) => id))
  return {
    ...{ video: after.video, undo: after.undo, redo: after.redo, tracks: after.tracks, spans: after.spans },
    labels: labels.map((attribute) => ({
      attribute,
      label: after.labels.find((label) => label.attribute === attribute) ?? null,
    })),
    removedTracks: before.tracks.map(({ id }) => id).filter((id) => !there.has(id)),
    removedSpans: before.spans.map(({ id }) => id).filter((id) => !spansThere.has(id)),
  }
}

function annotationPart(os: Implementer, state: FakeState) {
  const others = { people: [], labels: [], tracks: [], spans: [] }
  const none = { labels: [], tracks: [], spans: [], others, undo: null, redo: null }
  const of = (video: VideoId): Annotations => state.annotations.get(video) ?? { video, ...none }
  const keep = (said: Annotations): AnnotationChange => {
    const before = of(said.video)
    state.annotations.set(said.video, said)
    return changeOf(before, said)
  }
  const same = (video: VideoId) => changeOf(of(video), of(video))
  /** Key frames of one track made others. */
  const edited = (video: VideoId, track: TrackId, edit: (keyframes: Keyframe[]) => Keyframe[], undo: string) => {
    const tracks = of(video).tracks.map((one) => {
      if (one.id !== track) return one
      return { ...one, keyframes: edit(one.keyframes).sort((a, b) => a.frame - b.frame) }
    })
    return keep({ ...of(video), tracks: tracks.filter(({ keyframes }) => keyframes.length > 0), undo })
  }
  const { annotation } = os
  let made = 0
  return {
    get: annotation.get.handler(({ input }) => of(input.video)),
    setLabel: annotation.setLabel.handler(({ input: { video, attribute, value } }) => {
      const others = of(video).labels.filter((label) => label.attribute !== attribute)
      const label = value && { attribute, value, source: 'person' as const, annotator: owner.id }
      return keep({ ...of(video), labels: label ? [...others, label] : others, undo: 'Answer an attribute' })
    }),
    setLabels: annotation.setLabels.handler(({ input: { video, labels } }) => {
      const named = new Set(labels.map(({ attribute }) => attribute))
      const others = of(video).labels.filter(({ attribute }) => !named.has(attribute))
      const said = labels.map((label) => ({ ...label, source: 'person' as const, annotator: owner.id }))
      return keep({ ...of(video), labels: [...others, ...said], undo: 'Answer several attributes' })
    }),
    createTrack: annotation.createTrack.handler(({ input: { video, attribute, frame, value } }) => {
      const id = TrackId.parse(`t${++made}`)
      const kind = attribute ? ('attribute' as const) : ('actor' as const)
      const track = { id, attribute, kind, source: 'person' as const, person: owner.id }
      const tracks = [...of(video).tracks, { ...track, keyframes: [{ ...value, frame }] }]
      return { ...keep({ ...of(video), tracks, undo: 'Begin a track' }), track: id }
    }),
    setKeyframe: annotation.setKeyframe.handler(({ input: { video, track, frame, value } }) => {
      const put = (keyframes: Keyframe[]) => {
        const others = keyframes.filter((keyframe) => keyframe.frame !== frame)
        return value ? [...others, { ...value, frame }] : others
      }
      return edited(video, track, put, 'Set a box')
    }),
    moveKeyframe: annotation.moveKeyframe.handler(({ input: { video, track, from, to } }) => {
      const move = (keyframes: Keyframe[]) =>
        keyframes.filter(({ frame }) => frame !== to).map((one) => (one.frame === from ? { ...one, frame: to } : one))
      return edited(video, track, move, 'Move a key frame')
    }),
    removeTrack: annotation.removeTrack.handler(({ input: { video, track } }) =>
      keep({ ...of(video), tracks: of(video).tracks.filter(({ id }) => id !== track), undo: 'Remove a track' }),
    ),
    cutTrack: annotation.cutTrack.handler(({ input }) => same(input.video)),
    splitTrack: annotation.splitTrack.handler(({ input }) => same(input.video)),
    mergeTracks: annotation.mergeTracks.handler(({ input }) => same(input.video)),
    setTrackAttribute: annotation.setTrackAttribute.handler(({ input: { video, track, attribute } }) => {
      const tracks = of(video).tracks.map((one) => (one.id === track ? { ...one, attribute } : one))
      return keep({ ...of(video), tracks })
    }),
    propagate: annotation.propagate.handler(({ input: { video, track, frame, frames }, signal }) => {
      signal?.throwIfAborted()
      const reached = frame + frames
      const propose = (keyframes: Keyframe[]) => {
        const own = keyframes.find((one) => one.frame === frame)
        return own ? [...keyframes, { ...own, frame: reached, proposed: true }] : keyframes
      }
      return { ...edited(video, track, propose, 'Propose boxes'), reached, words: `Followed to frame ${reached}.` }
    }),
    confirmBoxes: annotation.confirmBoxes.handler(({ input: { video, track } }) => {
      const confirm = (keyframes: Keyframe[]) => keyframes.map(({ proposed: _, ...one }) => one)
      return edited(video, track, confirm, 'Confirm the proposed boxes')
    }),
    rejectBoxes: annotation.rejectBoxes.handler(({ input: { video, track } }) =>
      edited(video, track, (keyframes) => keyframes.filter(({ proposed }) => !proposed), 'Reject the proposed boxes'),
    ),
    addSpan: annotation.addSpan.handler(({ input: { video, attribute, from, to } }) => {
      const id = SpanId.parse(`s${++made}`)
      const spans = [...of(video).spans, { id, attribute, person: owner.id, from, to, at: 0 }]
      const others = of(video).labels.filter((label) => label.attribute !== attribute)
      const label = { attribute, value: 'present' as const, source: 'person' as const, annotator: owner.id }
      return { ...keep({ ...of(video), spans, labels: [...others, label], undo: 'Mark a span' }), span: id }
    }),
    setSpan: annotation.setSpan.handler(({ input: { video, span, from, to } }) => {
      const spans = of(video).spans.map((one) => (one.id === span ? { ...one, from, to } : one))
      return keep({ ...of(video), spans, undo: 'Retime a span' })
    }),
    removeSpan: annotation.removeSpan.handler(({ input: { video, span } }) =>
      keep({ ...of(video), spans: of(video).spans.filter(({ id }) => id !== span), undo: 'Remove a span' }),
    ),
    undo: annotation.undo.handler(({ input }) => {
      return { label: 'Set a box', frame: 3, aside: [], change: same(input.video) }
    }),
    history: annotation.history.handler(() => [
      { id: 3, label: 'Set box at frame 4', frame: 4, at: 3000, undone: true },
      { id: 2, label: 'Begin a track of pole', frame: 2, at: 2000, undone: false },
      { id: 1, label: 'Answer ball', frame: null, at: 1000, undone: false },
    ]),
    undoTo: annotation.undoTo.handler(({ input }) => {
      return { label: 'Answer ball', frame: null, aside: [], change: same(input.video) }
    }),
    redo: annotation.redo.handler(({ input }) => ({ label: null, frame: null, aside: [], change: same(input.video) })),
  }
}

function vocabularyPart({ vocabulary }: Implementer, state: FakeState) {
  const withPicture = (id: AttributeId, picture: PictureId | null) => {
    state.attributes = state.attributes.map((one) => (one.id === id ? { ...one, picture } : one))
    return state.attributes.find((one) => one.id === id)!
  }
  const without = (id: AttributeId) => (state.attributes = state.attributes.filter((one) => one.id !== id))
  return {
    reach: vocabulary.reach.handler(() => ({ videos: 12, answers: 9, tracks: 3, runs: ['Run 1'] })),
    starters: vocabulary.starters.handler(() => starters()),
    adopt: vocabulary.adopt.handler(({ input }) => {
      const words = starterVocabularies[input.name].words
      state.attributes = words.map((word, i) => ({ ...anAttribute(i), ...word }))
      return state.attributes.map(({ id }) => id)
    }),
    mergeAttributes: vocabulary.mergeAttributes.handler(({ input }) => {
      without(input.id)
      return null
    }),
    splitAttribute: vocabulary.splitAttribute.handler(({ input }) => {
      const made = input.names.map((name, i) => anAttribute(state.attributes.length + i, { name }))
      state.attributes = [...state.attributes, ...made]
      return made.map(({ id }) => id)
    }),
    setPicture: vocabulary.setPicture.handler(({ input }) => withPicture(input.id, PictureId.parse('ab'.repeat(32)))),
    removePicture: vocabulary.removePicture.handler(({ input }) => withPicture(input.id, null)),
    mergeClasses: vocabulary.mergeClasses.handler(({ input }) => {
      state.classes = state.classes.filter(({ id }) => id !== input.id)
      return null
    }),
  }
}

function jobsPart(os: Implementer, state: FakeState, feed: Feed<Job>) {
  const get = (id: JobId) => state.jobs.find((job) => job.id === id) ?? aJob(0, { id })
  return {
    list: os.jobs.list.handler(() => state.jobs),
    get: os.jobs.get.handler(({ input }) => get(input.id)),
    cancel: os.jobs.cancel.handler(({ input }) => ({ ...get(input.id), state: 'cancelled' as const })),
    pause: os.jobs.pause.handler(({ input }) => ({ ...get(input.id), state: 'paused' as const })),
    resume: os.jobs.resume.handler(({ input }) => ({ ...get(input.id), state: 'queued' as const })),
    watch: os.jobs.watch.handler(({ signal }) => feed.read(signal)),
  }
}

function learningPart(os: Implementer, state: FakeState) {
  const { learning } = os
  const start = ({ kind, config, preset, name = 'New run' }: StartRun) => {
    const run = aRun(100 + state.runs.length, { kind, config, preset, name, state: 'queued', startedAt: null })
    state.runs = [run, ...state.runs]
    return { run: run.id, job: JobId.parse('j9') }
  }
  return {
    runs: learning.runs.handler(() => state.runs),
    run: learning.run.handler(({ input }) => state.runs.find(({ id }) => id === input.id) ?? aRun(0, input)),
    metrics: learning.metrics.handler(({ input }) => state.points.get(input.id) ?? []),
    log: learning.log.handler(() => ['2026-01-01T00:00:00.000Z tensorflow 2.21.0 on a processor']),
    watch: learning.watch.handler(({ signal }) => new Feed<MetricPoint>().read(signal)),
    estimate: learning.estimate.handler(() => state.estimate),
    start: learning.start.handler(({ input }) => start(input)),
    again: learning.again.handler(({ input }) => {
      const of = state.runs.find(({ id }) => id === input.id) ?? aRun(0, input)
      return start({
        kind: 'classifier',
        preset: of.preset,
        name: `${of.name} again`,
        config: ClassifierConfig.parse({}),
      })
    }),
    freedBy: learning.freedBy.handler(() => ({ bytes: 12_400_000, explanations: 1 })),
    inspectModel: learning.inspectModel.handler(({ input }) => ({ ...state.model, path: input.path })),
    exportModel: learning.exportModel.handler(() => ({ bytes: 1 })),
    importModel: learning.importModel.handler(({ input }) => ({
      ...start({ kind: 'classifier', preset: 'Imported', name: input.name, config: ClassifierConfig.parse({}) }),
      maxDifference: null,
    })),
    describe: learning.describe.handler(({ input: { id, ...words } }) => {
      state.runs = state.runs.map((run) => (run.id === id ? { ...run, ...words } : run))
      return state.runs.find((run) => run.id === id)!
    }),
    archive: learning.archive.handler(({ input }) => {
      const put = (run: Run) => (run.id === input.id ? { ...run, archived: input.archived } : run)
      state.runs = state.runs.map(put)
      return state.runs.find(({ id }) => id === input.id)!
    }),
    remove: learning.remove.handler(({ input }) => {
      state.runs = state.runs.filter(({ id }) => id !== input.id)
      return null
    }),
  }
}
