/** What this page adds to the style sheet of the reports. */
export const DIFF_STYLE = `
ins,del{text-decoration-thickness:1px;text-underline-offset:2px;border-radius:3px;padding:0 1px}
ins{color:var(--ok);background:var(--ok-soft);text-decoration-line:underline}del{color:var(--bad);background:var(--bad-soft);text-decoration-line:line-through}
.text{white-space:pre-wrap;overflow-wrap:anywhere}.two>div{border:1px solid var(--line);border-radius:6px;padding:8px 12px;background:var(--paper-2);min-width:0}
.block{display:block}nav a{white-space:normal}nav .num{flex:none;word-break:normal;overflow-wrap:normal}.change h4::first-letter{text-transform:uppercase}.change{margin-top:14px}.change:first-of-type{margin-top:0}
.sides{display:grid;gap:12px;grid-template-columns:repeat(auto-fit,minmax(min(280px,100%),1fr));margin:16px 0}
.band p+p{margin-top:6px}.band.alert{background:var(--bad-soft)}.band.info{border-width:1px;border-color:var(--line);background:var(--paper)}.band.info strong{color:var(--ink)}
.card.alert{border:2px solid var(--bad);background:var(--bad-soft)}.card.alert .kpi,.card.alert a,nav .alert a,nav .alert .num{color:var(--bad)}nav .alert a{font-weight:600}
table{table-layout:fixed}th,td{overflow-wrap:anywhere}
.lone th:first-child{width:18%}.lone th:nth-child(2){width:44%}.proofs th:first-child{width:14%}.proofs th:nth-child(2){width:19%}
.more summary{display:inline-block;padding:2px 0;font-size:13px;color:var(--brand);text-decoration:underline}.more summary::before{display:none}
footer p+p{margin-top:4px}
@media screen and (max-width:820px){nav .other{display:none}.scroll table{min-width:0}.sides{gap:8px;margin:10px 0}.sides .card{padding:8px 12px}.band{margin-top:12px}}
@media screen and (max-width:620px){.scroll{border:0;background:none}.scroll table,.scroll tbody,.scroll tr,.scroll th[scope=row],.scroll td{display:block;width:auto}.scroll caption{display:block;padding:0 0 8px}
.scroll thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.scroll tr{background:var(--paper);border:1px solid var(--line);border-radius:var(--r);padding:10px 12px;margin-bottom:8px}
.scroll th[scope=row],.scroll td{border:0;padding:2px 0}.scroll td::before,.scroll th[data-label=Avant]::before{content:attr(data-label) " : ";color:var(--ink-2);font-size:13px}.scroll td:empty{display:none}}
@media print{ins,del,.alert{print-color-adjust:exact;-webkit-print-color-adjust:exact}.change{break-inside:avoid-page}.two{grid-template-columns:repeat(2,minmax(0,1fr))}.more summary{display:none}}
`;
