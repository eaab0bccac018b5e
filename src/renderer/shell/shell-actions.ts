import { mdiBookOpenPageVariantOutline, mdiThemeLightDark } from '@mdi/js'
import type { Router } from 'vue-router'
import type { Action } from '@renderer/actions/action-registry'
import * as icons from '@renderer/words/icons'
import { type ScreenName, screens } from './router'
import type { useProject } from '@renderer/stores/project'
import type { useShell } from '@renderer/stores/shell'
import { moveRegion } from './regions'

interface Parts {
  router: Router
  project: ReturnType<typeof useProject>
  shell: ReturnType<typeof useShell>
  nextTheme: () => void
  /** Whether a page stands alone, without the frame of the window. */
  isBare: () => boolean
}

/** What a page without the frame offers too. */
const onBarePages = new Set(['keys.open', 'theme.next', 'region.next', 'region.previous'])

const group = 'Everywhere'

export const screenIcons: Record<ScreenName, string> = {
  library: icons.libraryIcon,
  annotate: icons.annotateIcon,
  campaigns: icons.campaignsIcon,
  train: icons.trainIcon,
  explain: icons.explainIcon,
  review: icons.reviewIcon,
  settings: icons.settingsIcon,
  start: icons.tourIcon,
}

/** What can be done on every screen. */
export function shellActions(parts: Parts): Action[] {
  return everyAction(parts).map((action) => {
    if (onBarePages.has(action.id)) return action
    return { ...action, allowed: () => !parts.isBare() && (action.allowed?.() ?? true) }
  })
}

function everyAction({ router, project, shell, nextTheme }: Omit<Parts, 'isBare'>): Action[] {
  const hasProject = () => project.current !== null
  const toScreens: Action[] = [...screens, { name: 'settings', title: 'Settings', letter: 'S' } as const].map(
    ({ name, title, letter }, i) => ({
      id: `go.${name}`,
      name: `Go to ${title}`,
      group,
      keys: [`Ctrl+${i + 1}`, `G ${letter}`],
      icon: screenIcons[name],
      allowed: name === 'settings' ? undefined : hasProject,
      run: () => void router.push({ name }),
    }),
  )
  const regions = { group, keyOnly: true, inFields: true }
  return [
    {
      ...{ id: 'palette.open', name: 'Any command, video, attribute or run', group, keys: ['Ctrl+K'], keyOnly: true },
      run: () => (shell.palette = true),
    },
    ...toScreens,
    {
      id: 'keys.open',
      name: 'Show all keys',
      group,
      keys: ['?'],
      icon: icons.keysIcon,
      run: () => (shell.keys = true),
    },
    ...projectActions({ router, project, shell }, hasProject),
    { id: 'theme.next', name: 'Change between dark and light', group, icon: mdiThemeLightDark, run: nextTheme },
    { id: 'region.next', name: 'Next region of the window', keys: ['F6'], ...regions, run: () => moveRegion(1) },
    {
      ...{ id: 'region.previous', name: 'Previous region', keys: ['Shift+F6'], ...regions },
      run: () => moveRegion(-1),
    },
  ]
}

/** What can be done to whole projects. */
function projectActions(
  { router, project, shell }: Pick<Parts, 'router' | 'project' | 'shell'>,
  hasProject: () => boolean,
): Action[] {
  return [
    {
      ...{ id: 'project.tour', name: 'Open the quick tour', group, icon: icons.tourIcon },
      run: () => void router.push({ name: 'start', query: { begin: 'tour' } }),
    },
    {
      ...{ id: 'project.open', name: 'Open a project', group, keys: ['Ctrl+O'], icon: icons.folderIcon },
      run: () => (shell.choosing = 'open'),
    },
    {
      ...{ id: 'project.create', name: 'New project', group, icon: icons.addIcon },
      run: () => (shell.choosing = 'create'),
    },
    {
      ...{ id: 'project.unpack', name: 'Unpack a project', group, icon: icons.importIcon },
      run: () => (shell.choosing = 'unpack'),
    },
    {
      ...{ id: 'project.guidelines', name: 'Guidelines of the project', group, icon: mdiBookOpenPageVariantOutline },
      allowed: hasProject,
      run: () => void router.push({ name: 'library', params: { tab: 'vocabulary' }, query: { at: 'guidelines' } }),
    },
    {
      ...{ id: 'project.close', name: 'Close the project', group, icon: icons.closeIcon, allowed: hasProject },
      run: () => void project.close(),
    },
  ]
}
