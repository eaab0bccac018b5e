import { openProject } from '@main/project/project'
import { openAccess } from '@main/store/access/access-database'
import { AccessRepository } from '@main/store/access/access-repository'
import { PeopleService } from './people-service'

/**
 * The people of a project, for a program that does not open it for writing: a studio may hold it meanwhile. A project of
 * an older version has no id yet, so it is brought up to date first.
 * Throws as `openProject`.
 */
export function openPeople(home: string, folder: string): PeopleService {
  const uid = uidOf(folder)
  const project = { uid: () => uid, keep: () => {} }
  return new PeopleService(
    new AccessRepository(openAccess(home)),
    () => project,
    () => {},
  )
}

function uidOf(folder: string): string {
  const reading = openProject(folder, { readonly: true })
  try {
    if (reading.isCurrent) return reading.repositories.project.uid()
  } finally {
    reading.close()
  }
  const project = openProject(folder)
  try {
    return project.repositories.project.uid()
  } finally {
    project.close()
  }
}
