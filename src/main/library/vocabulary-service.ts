import { type Actor, requireRole } from '@shared/actor'
import type { LabelValue } from '@shared/contract/library'
import type { Change } from '@shared/contract/system'
import type { Reach } from '@shared/contract/vocabulary'
import { Failure } from '@shared/failures'
import { AttributeId, type ClassId } from '@shared/ids'
import { type StarterName, starterVocabularies } from '@shared/starter-vocabularies'
import { replaceSpans } from '@main/edits/annotation/replace-spans'
import { setTrackAttribute } from '@main/edits/annotation/set-track-attribute'
import { putAttribute, removeAttribute } from '@main/edits/library/attributes'
import { removeClass } from '@main/edits/library/classes'
import { setClass, setLabels } from '@main/edits/library/videos'
import type { Project } from '@main/project/project'
import { newId } from '@main/store/database/new-id'
import type { Edit } from '@main/store/history/edit'
import type { Whose } from '@main/store/history/history'
import { priorsMoved } from '@main/edits/library/class-priors'

const whose = ({ id }: Actor): Whose => ({ scope: 'library', person: id })

/** Changes of words and classes that carry along what was said with them: each one step that can be undone. */
export class VocabularyService {
  constructor(
    private readonly project: Project,
    private readonly onChange: (change: Change) => void,
  ) {}

  /** What hangs on a word or a class. Throws Failure NOT_FOUND. */
  reach(of: { attribute: AttributeId } | { class: ClassId }): Reach {
    const { answers, attributes, classes, runs, tracks, videos } = this.stored
    const all = runs.list()
    if ('class' in of) {
      classes.get(of.class)
      const learned = runs.learnedClass(of.class)
      return { videos: videos.idsOfClass(of.class).length, answers: 0, tracks: 0, runs: namesOf(all, learned) }
    }
    attributes.get(of.attribute)
    const said = answers.ofAttribute(of.attribute)
    const boxes = tracks.ofAttribute(of.attribute)
    return {
      videos: new Set([...said, ...boxes].map(({ video }) => video)).size,
      answers: said.filter(({ person }) => person !== null).length,
      tracks: boxes.length,
      runs: namesOf(all, runs.learnedAttribute(of.attribute)),
    }
  }

  /**
   * Joins a word into another: its answers, tracks and spans are then the other's. Where a person answered both, present
   * counts over unsure, and unsure over absent. A word without a picture takes over the other's. Throws Failure NOT_FOUND,
   * BAD_SETTING.
   */
  mergeAttributes(actor: Actor, { id, into }: { id: AttributeId; into: AttributeId }): void {
    requireRole(actor, 'reviewer')
    if (id === into) throw new Failure('BAD_SETTING', { setting: 'into', reason: 'choose another attribute' })
    const { answers, attributes, tracks, spans } = this.stored
    const [gone, kept] = [attributes.get(id), attributes.get(into)]
    const labels = answers.ofAttribute(id).flatMap(({ value, at, ...place }) => {
      const target = { ...place, attribute: into }
      const own = answers.find(target)
      return own && rank(own.value) >= rank(value) ? [] : [{ ...target, answer: { value, at } }]
    })
    const picture = kept.picture ?? gone.picture
    this.do(actor, `Merge ${gone.name} into ${kept.name}`, [
      ...(picture === kept.picture ? [] : [putAttribute.of({ row: { ...kept, picture } })]),
      setLabels.of({ labels }),
      ...tracks.ofAttribute(id).map((track) => setTrackAttribute.of({ track: track.id, attribute: into })),
      replaceSpans.of({ remove: [], put: spans.ofAttribute(id).map((span) => ({ ...span, attribute: into })) }),
      removeAttribute.of({ id }),
    ])
  }

  /**
   * Makes finer words of one. Where it is absent they are too; where it is present or unsure they are unsure until somebody
   * says which. The word itself stays, with its boxes. Throws Failure NOT_FOUND, NAME_TAKEN.
   */
  splitAttribute(actor: Actor, { id, names }: { id: AttributeId; names: readonly string[] }): AttributeId[] {
    requireRole(actor, 'reviewer')
    const { answers, attributes } = this.stored
    const whole = attributes.get(id)
    const wanted = names.map((name) => name.trim().normalize('NFC'))
    const taken = wanted.find((name, i) => attributes.byName(name) !== null || wanted.indexOf(name) !== i)
    if (taken !== undefined) throw new Failure('NAME_TAKEN', { kind: 'attribute', name: taken })
    const [position, slots] = [attributes.nextPosition(), attributes.freeSlots(wanted.length)]
    const rows = wanted.map((name, i) => ({
      ...{ ...whole, id: newId(AttributeId), name, description: '', hotkey: '', picture: null },
      ...{ position: position + i, slot: slots[i] ?? 0 },
    }))
    const labels = answers.ofAttribute(id).flatMap(({ value, at, ...place }) =>
      rows.map((row) => ({
        ...{ ...place, attribute: row.id },
        answer: { value: value === 'absent' ? ('absent' as const) : ('unsure' as const), at },
      })),
    )
    this.do(actor, `Split ${whole.name} into ${wanted.join(', ')}`, [
      ...rows.map((row) => putAttribute.of({ row })),
      setLabels.of({ labels }),
    ])
    return rows.map((row) => row.id)
  }

  /**
   * Takes the words of a starter vocabulary over, in one step. Throws Failure BAD_SETTING where there are words already:
   * two vocabularies mixed are no vocabulary.
   */
  adopt(actor: Actor, name: StarterName): AttributeId[] {
    requireRole(actor, 'reviewer')
    const { attributes } = this.stored
    if (attributes.count() > 0)
      throw new Failure('BAD_SETTING', {
        setting: 'starter',
        reason: 'the vocabulary has words already; delete them first, or add words one by one',
      })
    const { title, words } = starterVocabularies[name]
    const rows = words.map((word, i) => ({
      id: newId(AttributeId),
      ...word,
      position: i,
      slot: i,
      hotkey: '',
      picture: null,
    }))
    this.do(
      actor,
      `Begin with the vocabulary ${title}`,
      rows.map((row) => putAttribute.of({ row })),
    )
    return rows.map(({ id }) => id)
  }

  /** Joins a class into another: its videos are then the other's. Throws Failure NOT_FOUND, BAD_SETTING. */
  mergeClasses(actor: Actor, { id, into }: { id: ClassId; into: ClassId }): void {
    requireRole(actor, 'reviewer')
    if (id === into) throw new Failure('BAD_SETTING', { setting: 'into', reason: 'choose another class' })
    const { classes, videos } = this.stored
    const [gone, kept] = [classes.get(id), classes.get(into)]
    const members = videos.idsOfClass(id)
    const labels = priorsMoved(this.stored, members, into)
    const move = [setClass.of({ groups: [{ value: into, videos: members }] }), setLabels.of({ labels })]
    this.do(actor, `Merge ${gone.name} into ${kept.name}`, [
      ...(members.length > 0 ? move : []),
      removeClass.of({ id }),
    ])
  }

  private get stored() {
    return this.project.repositories
  }

  private do(actor: Actor, label: string, edits: readonly Edit[]): void {
    this.project.history.doAll(whose(actor), label, edits)
    this.onChange({ area: 'library', ids: [] })
    this.onChange({ area: 'annotation', ids: [] })
  }
}

const rank = (value: LabelValue): number => ['absent', 'unsure', 'present'].indexOf(value)

function namesOf(runs: readonly { id: string; name: string }[], ids: ReadonlySet<string>): string[] {
  return runs.filter(({ id }) => ids.has(id)).map(({ name }) => name)
}
