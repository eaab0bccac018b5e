/** The look of a report page, in both colour schemes; nothing is loaded from outside. */
export const reportStyle = `
:root { color-scheme: light dark; --bg: #f6f6f8; --surface: #fff; --line: #dcdce2; --text: #1b1b21; --text-2: #5b5b66;
  --accent: #4650b8; --bar: #5560cc; --warn: #8a5a00; --warn-bg: #fff4dc; --heat: #4650b8; }
@media (prefers-color-scheme: dark) { :root { --bg: #131317; --surface: #1c1c22; --line: #33333c; --text: #ececf1;
  --text-2: #a6a6b3; --accent: #a9b1ff; --bar: #8b95f0; --warn: #ffd58a; --warn-bg: #3a2d10; --heat: #8b95f0; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text); font: 14px/20px Inter, 'Segoe UI', system-ui, sans-serif;
  font-variant-numeric: tabular-nums; }
main { max-width: 1200px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 24px; line-height: 32px; margin: 0 0 4px; }
h2 { font-size: 16px; line-height: 24px; margin: 32px 0 12px; }
h3 { font-size: 14px; line-height: 20px; margin: 0; }
p { margin: 0 0 8px; }
.quiet { color: var(--text-2); font-size: 12px; line-height: 16px; }
.facts { display: flex; flex-wrap: wrap; gap: 8px 32px; margin: 16px 0 0; padding: 0; }
.facts div { display: flex; flex-direction: column-reverse; }
.facts dt { color: var(--text-2); font-size: 12px; line-height: 16px; }
.facts dd { margin: 0; font-size: 20px; line-height: 24px; }
.warning { background: var(--warn-bg); color: var(--warn); border-radius: 6px; padding: 8px 12px; margin: 12px 0 0; }
.box { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 16px; margin: 0 0 16px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: right; padding: 6px 7px; border-bottom: 1px solid var(--line); white-space: nowrap; vertical-align: top; }
th { color: var(--text-2); font-size: 12px; line-height: 16px; font-weight: 500; vertical-align: bottom; }
th:first-child, td:first-child { text-align: left; font-weight: 600; white-space: normal; min-width: 108px; }
th { white-space: normal; }
tr:last-child td { border-bottom: 0; }
tr.own td { background: color-mix(in srgb, var(--accent) 9%, transparent); }
.scores { display: grid; grid-template-columns: max-content 1fr max-content; gap: 2px 12px; align-items: center;
  max-width: 440px; margin: 12px 0; }
.track { height: 10px; border-radius: 3px; background: color-mix(in srgb, var(--text) 8%, transparent); overflow: hidden; }
.fill { height: 100%; background: var(--text-2); opacity: .55; }
.fill.a { background: var(--bar); opacity: 1; }
.fill.b { opacity: 1; background: repeating-linear-gradient(45deg, var(--bar) 0 3px, transparent 3px 6px); }
.cards { display: grid; gap: 16px; }
.card { border: 1px solid var(--line); border-radius: 6px; padding: 12px; }
.card.none { border-style: dashed; }
.card header { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; margin-bottom: 8px; }
.strip { display: grid; grid-template-columns: repeat(auto-fill, minmax(112px, 1fr)); gap: 4px; }
.strip figure { margin: 0; }
.strip svg { display: block; width: 100%; height: auto; border-radius: 3px; image-rendering: auto; }
.strip figcaption { color: var(--text-2); font-size: 11px; line-height: 16px; }
.curve { display: block; width: 100%; height: 44px; margin-top: 8px; }
.key { display: inline-flex; align-items: center; gap: 6px; margin-right: 16px; }
.key svg { width: 18px; height: 12px; }
@media print { body { background: none; } .box, .card { break-inside: avoid; } }
`
