import { reactive } from 'vue'
import { useNotices } from '@renderer/stores/notices'
import { droppedPaths } from './dropped-paths'

/** Whether the import dialog is open, with which paths, and whether something is held over the window. */
export function useImportDialog() {
  const notices = useNotices()
  const dialog = reactive({ open: false, over: false, paths: [] as string[], begin, drop })

  function begin(paths: string[] = []): void {
    dialog.paths = paths
    dialog.open = true
  }

  function drop({ dataTransfer }: DragEvent): void {
    dialog.over = false
    if (!dataTransfer) return
    const paths = droppedPaths(dataTransfer)
    begin(paths)
    if (paths.length > 0) return
    const text = 'The browser does not say where the dropped files lie.'
    notices.show({ kind: 'info', text, more: 'Choose them in the dialog, or paste their path.' })
  }

  return dialog
}
