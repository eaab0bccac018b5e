import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { resourceFolder } from '@main/files/resource-folder'
import { escape } from '@main/report/html'

/** A word that is asked about. */
export interface LayoutWord {
  name: string
  description: string
  /** What it looks like, as a data URL; null where there is no picture. */
  picture: string | null
}

/** What a page asks, and how it explains it. */
export interface LayoutParts {
  kind: 'attributes' | 'boxes'
  title: string
  /** Safe HTML: the guidelines. */
  guide: string
  words: readonly LayoutWord[]
}

/** Columns of the batch that stand in the layouts as variables. */
export const layoutVariables = ['video_url', 'video', 'fps', 'attributes'] as const

const skips = ['does not play', 'nobody in it', 'too dark', 'other']

/**
 * A page that asks one video, whole in one file: as layout of a Mechanical Turk project (its variables are those of the
 * batch), as HTMLQuestion, or opened from a disk, where it saves the answer as a file. Nothing but the video is loaded.
 */
export function turkLayout({ kind, title, guide, words }: LayoutParts): string {
  const file = (name: string) => readFileSync(join(resourceFolder('crowd'), name), 'utf8')
  const data = layoutVariables.map((name) => `data-${name.replace('_', '-')}="\${${name}}"`).join(' ')
  const options = skips.map((reason) => `<option>${reason}</option>`).join('')
  const boxKeys =
    '<button type="button" id="end">Gone from here (X)</button> <button type="button" id="remove">Remove this key frame (Del)</button>'
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${noVariable(escape(title))}</title><style>
${file('layout.css')}</style></head><body>
<div id="task" ${data}>
<input type="hidden" name="taskAnswers" id="answers">
<h1>${noVariable(escape(title))}</h1>
<div><div class="stage"><video ${kind === 'attributes' ? 'controls autoplay muted loop' : 'muted'} playsinline preload="auto"></video>${kind === 'boxes' ? '<svg></svg>' : ''}</div>
<p class="row" hidden><label>Video <input type="file" id="file" accept="video/*"></label></p>
<p class="row">${kind === 'boxes' ? boxKeys : ''}</p>
<p class="quiet">${keysOf(kind)}</p></div>
<div class="side"><div class="box"><div id="list"></div>
<p id="who" hidden><label>Your name <input type="text" id="worker"></label></p>
<button class="main" type="submit" id="submit">Submit</button>
<p class="note" id="note" role="status" hidden></p>
<p class="row"><label>Skip <select id="skip"><option value="">because…</option>${options}</select></label></p></div>
<div class="box guide"><h2>Guide</h2>${noVariable(guide)}</div></div>
</div>
<script type="application/json" id="words">${noVariable(jsonInHtml(words))}</script>
<script>
${file('common.js')}${file(`${kind}.js`)}</script>
</body></html>
`
}

function keysOf(kind: LayoutParts['kind']): string {
  const play = 'Space plays, arrows step a frame.'
  return kind === 'attributes'
    ? `1-9 present, Shift and digit absent, Alt and digit unsure, Enter submits. ${play}`
    : `Draw a box on the video; move it and pull its corners at other times: it moves on straight lines between. 1-9 choose what is boxed, Enter submits. ${play}`
}

/** A dollar sign before a brace is a variable there: one that somebody wrote is not. */
function noVariable(html: string): string {
  return html.replaceAll('${', '&#36;{')
}

function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('${', '\\u0024{')
}
