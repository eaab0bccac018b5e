import { commonAttributes } from '@shared/class-attributes'
import type { ClassId } from '@shared/ids'
import type { ClassSide } from '@main/store/repositories/training-data-repository'
import type { Repositories } from '@main/store/repositories'
import type { DataFacts } from './run-checks'

/**
 * What the checks before a run look at: counts, however many videos there are. Each is made when it is looked at: what
 * starts a run looks at few of them.
 */
export function dataFacts(repositories: Repositories): DataFacts {
  const { classes, attributes, trainingData, videos } = repositories
  const sides = trainingData.sides()
  const train = sides.filter(({ split }) => split === 'train')
  const [usable, trainVideos] = [total(sides), total(train)]
  const of = (id: ClassId, split: ClassSide['split']) =>
    sides.find((side) => side.class === id && side.split === split)?.videos ?? 0
  return {
    // Counted among the videos that can be read: others do not fill a class.
    classes: classes.rows().map((row) => ({ ...row, train: of(row.id, 'train'), test: of(row.id, 'test') })),
    trainVideos,
    testVideos: usable - trainVideos,
    get attributes() {
      return attributes.list()
    },
    get trainWithoutAttributes() {
      return trainVideos - trainingData.withAttributes()
    },
    get leakingGroups() {
      return trainingData.leakingGroups()
    },
    get alike() {
      return alike(repositories, train)
    },
    get leftOut() {
      return videos.count() - usable
    },
  }
}

function total(sides: readonly ClassSide[]): number {
  return sides.reduce((sum, { videos }) => sum + videos, 0)
}

/** Names of classes whose training videos have the same attributes. */
function alike({ classes, trainingData }: Repositories, train: readonly ClassSide[]): string[][] {
  const shown = Map.groupBy(trainingData.attributesOfClasses(), (row) => row.class)
  const setOf = (id: ClassId) => {
    const own = train.find((side) => side.class === id)?.videos ?? 0
    const counts = (shown.get(id) ?? []).map(({ attribute, videos }) => [attribute, videos] as const)
    return [...commonAttributes(counts, own)].sort().join()
  }
  const groups = Map.groupBy(classes.rows(), ({ id }) => setOf(id))
  return [...groups.values()].flatMap((group) => (group.length > 1 ? [group.map(({ name }) => name)] : []))
}
