/** What this page adds to the style sheet of the reports. */
export const DIFF_STYLE = `
ins,del{text-decoration-thickness:1px;text-underline-offset:2px;border-radius:3px;padding:0 1px}
ins{color:var(--ok);background:var(--ok-soft);text-decoration-line:underline}del{color:var(--bad);background:var(--bad-soft);text-decoration-line:line-through}
.text{white-space:pre-wrap;overflow-wrap:anywhere}.two>div{border:1px solid var(--line);border-radius:6px;padding:8px 12px;background:var(--paper-2);min-width:0}
.block{display:block}nav a{white-space:normal}nav .num{flex:none;word-break:normal;overflow-wrap:normal}.change h4::first-letter{text-transform:uppercase}td .id{white-space:nowrap}.change{margin-top:14px}.change:first-of-type{margin-top:0}
.sides{display:grid;gap:12px;grid-template-columns:repeat(auto-fit,minmax(min(280px,100%),1fr));margin:16px 0}
@media print{ins,del{print-color-adjust:exact;-webkit-print-color-adjust:exact}.change{break-inside:avoid-page}.two{grid-template-columns:repeat(2,minmax(0,1fr))}}
`;
