import { StorageSerializers, useLocalStorage, useWindowSize } from '@vueuse/core'
import { computed } from 'vue'

/** What a row holds beside its name, and a letter of a name at its widest usual, CSS pixels. */
const besideName = 246
const letter = 7.2
const least = 336
/** The most that names alone may take of the window. */
const share = 0.34

/** Letters in a line so that a name takes two lines at most; it breaks between words only. */
function lettersOf(name: string): number {
  const words = name.split(/\s+/)
  const breaks = words.map((_, at) => [words.slice(0, at).join(' '), words.slice(at).join(' ')])
  return Math.min(...breaks.map((lines) => Math.max(...lines.map((line) => line.length))))
}

/** The width of the panel in which names are whole in two lines, as far as the window has room for it. */
export function widthForNames(names: readonly string[], window: number): number {
  const letters = Math.max(0, ...names.map(lettersOf))
  const wanted = Math.ceil(besideName + letters * letter)
  return Math.max(least, Math.min(wanted, Math.floor(window * share)))
}

/** The width of the attributes: as it was pulled, else as their names need it. */
export function useSideWidth(names: () => readonly string[]) {
  const pulled = useLocalStorage<number | null>('whynot.annotate-side', null, {
    ...{ serializer: StorageSerializers.number, writeDefaults: false },
  })
  const { width: window } = useWindowSize()
  return computed<number>({
    get: () => pulled.value ?? widthForNames(names(), window.value),
    set: (width) => (pulled.value = width),
  })
}
