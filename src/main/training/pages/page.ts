/** Text as it may stand in a page or in a quoted attribute of one. */
export function escaped(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign)
}

const style = `
:root { color-scheme: light dark; --bg: #fbfbfc; --surface: #fff; --text: #1b1e23; --text-2: #59616c; --line: #d7dbe0;
  --accent: #4254c5; --track: #e6e9ed; --stage: #101215 }
@media (prefers-color-scheme: dark) { :root { --bg: #121417; --surface: #1a1d21; --text: #e8eaed; --text-2: #a4abb5;
  --line: #363b42; --accent: #9aa7ff; --track: #2a2e34 } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 1120px; padding: 24px; background: var(--bg); color: var(--text);
  font: 14px/20px Inter, 'Segoe UI', system-ui, 'DejaVu Sans', sans-serif; font-variant-numeric: tabular-nums }
h1 { font-size: 24px; line-height: 32px; margin: 0 0 8px } h2 { font-size: 16px; line-height: 24px; margin: 32px 0 8px }
h3 { font-size: 14px; margin: 0; display: flex; gap: 8px; align-items: center; flex-wrap: wrap }
p { margin: 4px 0 } .quiet { color: var(--text-2) } code { font-size: 12px }
article { background: var(--surface); border: 1px solid var(--line); border-radius: 6px; padding: 12px; margin: 12px 0 }
article.lacking { border-style: dashed }
.swatch { width: 12px; height: 12px; border-radius: 3px; border: 1px solid var(--line); display: inline-block }
.score { margin-left: auto; font-weight: 600 }
.strip { display: flex; gap: 4px; margin-top: 8px; overflow-x: auto }
.strip figure { margin: 0; flex: 1 1 0; min-width: 96px } .strip svg { width: 100%; display: block; background: var(--stage); border-radius: 4px }
figcaption { font-size: 11px; line-height: 16px; color: var(--text-2); text-align: center }
table { border-collapse: collapse; width: 100%; background: var(--surface) } th, td { padding: 6px 10px; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap }
th:first-child, td:first-child { text-align: left } th { font-weight: 600 } td small { color: var(--text-2) }
.scroll { overflow-x: auto } .bars { display: grid; grid-template-columns: max-content 1fr max-content; gap: 4px 12px; align-items: center; max-width: 640px }
.bar { height: 10px; background: var(--track); border-radius: 2px; overflow: hidden } .bar i { display: block; height: 100%; background: var(--text-2) }
.bar.a i { background: var(--accent) } .bar.b i { background: repeating-linear-gradient(45deg, var(--text-2) 0 3px, transparent 3px 6px) }
.deltas { width: 100%; height: 40px; display: block; margin-top: 8px }
`

/** A page that needs nothing else: no script, no file, no network; light or dark as the reader's system is. */
export function pageOf(title: string, body: string): string {
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<style>${style}</style></head><body>`,
    body,
    '</body></html>',
    '',
  ].join('\n')
}
