"""Style: how a report looks, on a screen in light and dark, on a phone and on paper.

The colours are those of the page that reads digits: ink on paper, chalk on slate.
"""

_DARK = """
  color-scheme: dark;
  --ground: #13171b; --surface: #1a2025; --text: #ebe9e1; --muted: #a3abb3; --line: #37424a;
  --accent: #93b5ff; --second: #ffb067; --soft: #25314b; --alarm: #ffb38a;
"""

STYLE = """
:root {
  color-scheme: light;
  --ground: #f5f3ec; --surface: #fffefa; --text: #1b2130; --muted: #596072; --line: #d5d1c5;
  --accent: #2549c9; --second: #b45309; --soft: #e3e8fa; --alarm: #9c3a12;
  --face: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
}
@media screen and (prefers-color-scheme: dark) { :root {DARK} }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1120px; padding: 32px 24px 64px; background: var(--ground);
  color: var(--text); font: 16px/1.5 var(--face); }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 0 0 8px; font-size: 1.25rem; }
p { margin: 0 0 16px; max-width: 68ch; overflow-wrap: anywhere; }
.lead { margin-top: 8px; color: var(--muted); }
.lead b { color: var(--text); }
section { margin-top: 24px; padding: 24px; background: var(--surface);
  border: 1px solid var(--line); border-radius: 12px; }
section > :last-child { margin-bottom: 0; }
.missing { padding: 8px 16px; border-left: 3px solid var(--alarm); color: var(--alarm); }
header .missing { margin-top: 16px; }
.figures { display: flex; flex-wrap: wrap; gap: 16px 40px; margin: 24px 0 0; }
.figures dt { color: var(--muted); font-size: .8125rem; }
.figures dd { margin: 0; font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr));
  gap: 24px; margin-bottom: 24px; }
.plots figure { max-width: 480px; }
figure { margin: 0; break-inside: avoid; }
.plots svg { display: block; width: 100%; height: auto; overflow: visible; }
.mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(92px, 1fr));
  gap: 16px; }
.mistakes img, .gone { display: grid; place-items: center; width: 100%; aspect-ratio: 1;
  background: #fff; border: 1px solid var(--line); border-radius: 8px; image-rendering: pixelated; }
.gone { background: none; color: var(--muted); font-size: .8125rem; }
figcaption { margin-top: 4px; color: var(--muted); font-size: .8125rem; line-height: 1.35; }
figcaption b { display: block; color: var(--text); }
.drawing { overflow-x: auto; }
.drawing svg { max-width: none; }
details { margin-top: 16px; }
summary { padding: 8px 0; color: var(--accent); cursor: pointer; }
details figure { margin-top: 16px; }
.filters { display: block; margin-top: 4px; max-width: 100%; image-rendering: pixelated; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9375rem; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 24px 4px 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
thead th { color: var(--muted); font-size: .8125rem; font-weight: 400; }
tbody th { font-weight: 400; color: var(--muted); }
.numbers th, .numbers td { text-align: right; white-space: nowrap; }
.layers :is(th, td) { white-space: nowrap; }
.layers td:last-child { min-width: 40ch; white-space: normal; }
tr:last-child > * { border-bottom: 0; }
@media (max-width: 480px) {
  body { padding: 16px 8px 32px; }
  header { padding: 0 8px; }
  section { margin-top: 16px; padding: 16px 12px; }
  .figures { gap: 12px 24px; }
  th, td { padding-right: 12px; }
  .mistakes { gap: 12px; }
}
@media print {
  :root { --ground: #fff; --surface: #fff; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  section { padding: 12pt 0; border-width: 1px 0 0; border-radius: 0; }
  tr, .plots { break-inside: avoid; }
  h2 { break-after: avoid; }
  .table { overflow: visible; }
}
""".replace("{DARK}", "{" + _DARK + "}")
