import { afterEach } from 'vitest'
import { ProjectJobStore } from '@main/jobs/project-job-store'
import { describeJobStore } from '../../../support/job-store-promises'
import { aProject } from '../../../support/project'

const made: ReturnType<typeof aProject>[] = []
afterEach(() => made.splice(0).forEach((project) => project.remove()))

describeJobStore('the project’s database', () => {
  let now = 1
  const project = aProject()
  made.push(project)
  const { repositories } = project.project
  const store = new ProjectJobStore(
    repositories.jobs,
    { briefly: (action) => project.project.briefly(action), write: (action) => project.project.write(action) },
    () => now,
  )
  return { store, pass: (ms) => (now += ms) }
})
