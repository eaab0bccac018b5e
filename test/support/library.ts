import type { Change } from '@shared/contract/system'
import { LibraryService } from '@main/library/library-service'
import { LocalSearch } from '@main/library/search/local-search'
import type { VideoSearch } from '@main/library/search/video-search'
import type { Project } from '@main/project/project'

/** Reads all again for each question: a test writes into the tables without telling anybody. */
export function freshSearch(project: Project): VideoSearch {
  return new Proxy(new LocalSearch(project.repositories.search), {
    get(search, name) {
      search.changed([])
      return Reflect.get(search, name) as unknown
    },
  })
}

export function aLibrary(project: Project, onChange: (change: Change) => void = () => {}): LibraryService {
  return new LibraryService(project, freshSearch(project), onChange)
}
