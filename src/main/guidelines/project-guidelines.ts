import { type Actor, requireRole } from '@shared/actor'
import type { ProjectGuidelines as Guidelines } from '@shared/contract/project'
import type { Change } from '@shared/contract/system'
import { setGuidelines } from '@main/edits/library/guidelines'
import type { Project } from '@main/project/project'
import { readGuidelines } from './read-guidelines'

/** Longest side of a picture, px: as wide as a panel of guidelines can be drawn. */
const longest = 1280

/** How the project says to answer, for all videos and whoever labels. */
export class ProjectGuidelines {
  constructor(
    private readonly project: Project,
    private readonly small: (bytes: Uint8Array, wanted: { part: null; longest: number }) => Promise<Uint8Array>,
    private readonly onChange: (change: Change) => void,
  ) {}

  /** As they were written, and as HTML that is safe to show, pictures and all. */
  read(): Guidelines {
    return readGuidelines(this.project.repositories)
  }

  /**
   * Says them anew: a step of the library that can be undone; what shares a `gesture` is one step. What is there already is
   * none.
   */
  async set(
    actor: Actor,
    { markdown, gesture }: { markdown: string; gesture?: string | undefined },
  ): Promise<Guidelines> {
    requireRole(actor, 'reviewer')
    if (markdown !== this.project.repositories.project.guidelines()) {
      const whose = { scope: 'library', person: actor.id }
      await this.project.write(() => this.project.history.do(whose, setGuidelines.of({ markdown }), { gesture }))
      this.onChange({ area: 'guidelines', ids: [] })
    }
    return this.read()
  }

  /** Keeps a picture for them; what they hold of it in Markdown is returned. Rejects with Failure PICTURE_UNUSABLE. */
  async addPicture(actor: Actor, base64: string): Promise<{ picture: string; markdown: string }> {
    requireRole(actor, 'reviewer')
    const bytes = await this.small(Buffer.from(base64, 'base64'), { part: null, longest })
    const picture = await this.project.write(() => this.project.repositories.pictures.keep(bytes))
    return { picture, markdown: `![](picture:${picture})` }
  }
}
