import type { AttributeInfo } from '@shared/contract/library'
import type { AttributeId, ClassId } from '@shared/ids'
import type { StarterName } from '@shared/starter-vocabularies'
import { useApi } from '@renderer/connection/api'
import { counted } from '@renderer/words/format'
import { useLibrary } from '@renderer/stores/library'
import { useNotices } from '@renderer/stores/notices'
import { useVocabulary } from '@renderer/stores/vocabulary'

export type AttributeChange = Partial<Pick<AttributeInfo, 'name' | 'group' | 'side' | 'description' | 'hotkey'>>

/** Changes of classes and attributes, each with the way back in its notice. */
export function useVocabularyEdits() {
  const api = useApi()
  const notices = useNotices()
  const library = useLibrary()
  const vocabulary = useVocabulary()

  async function edit<T>(work: Promise<T>, text: (result: T) => string): Promise<void> {
    const done = await notices.tried(work.then((result) => ({ result })))
    if (!done) return
    await vocabulary.refresh()
    notices.done(text(done.result), () => void library.undo())
  }

  return {
    createAttribute: (input: { name: string; group: string }) =>
      edit(api.library.createAttribute(input), ({ name }) => `Added the attribute ${name}`),
    updateAttribute: (id: AttributeId, change: AttributeChange) =>
      edit(api.library.updateAttribute({ id, ...change }), ({ name }) => `Changed the attribute ${name}`),
    removeAttribute: ({ id, name }: AttributeInfo) =>
      edit(api.library.removeAttribute({ id }), () => `Deleted the attribute ${name} with its labels and boxes`),
    /** What hangs on a word or class; null where that could not be read, which is said. */
    reach: (of: { attribute: AttributeId } | { class: ClassId }) => notices.tried(api.vocabulary.reach(of)),
    mergeAttributes: ({ id, name }: AttributeInfo, into: AttributeId) =>
      edit(api.vocabulary.mergeAttributes({ id, into }), () => `Merged ${name} into ${vocabulary.attributeName(into)}`),
    splitAttribute: ({ id, name }: AttributeInfo, names: string[]) =>
      edit(api.vocabulary.splitAttribute({ id, names }), () => `Split ${name} into ${names.join(', ')}`),
    /** Of a file's bytes, or (null) none. */
    setPicture: ({ id, name }: AttributeInfo, base64: string | null) =>
      base64 === null
        ? edit(api.vocabulary.removePicture({ id }), () => `Took the picture of ${name} away`)
        : edit(api.vocabulary.setPicture({ id, from: { base64 } }), () => `Gave ${name} a picture`),
    adopt: (name: StarterName) =>
      edit(api.vocabulary.adopt({ name }), (words) => `Added ${counted(words.length, 'attribute')}`),
    mergeClasses: ({ id, name }: { id: ClassId; name: string }, into: ClassId) =>
      edit(api.vocabulary.mergeClasses({ id, into }), () => `Merged ${name} into ${vocabulary.className(into)}`),
    createClass: (name: string) => edit(api.library.createClass({ name }), (info) => `Added the class ${info.name}`),
    renameClass: (id: ClassId, name: string) =>
      edit(api.library.renameClass({ id, name }), (info) => `Renamed the class to ${info.name}`),
    removeClass: ({ id, name }: { id: ClassId; name: string }) =>
      edit(api.library.removeClass({ id }), () => `Deleted the class ${name}`),
    setPrior: (id: ClassId, attributes: AttributeId[]) =>
      edit(
        api.library.setClassPrior({ class: id, attributes }),
        ({ videos }) => `Gave ${counted(videos, 'video')} of ${vocabulary.className(id)} the answers of their class`,
      ),
  }
}
