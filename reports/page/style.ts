/**
 * The one style sheet of the page. Same tokens as the screens of the tracker; light and dark by the reader's choice;
 * on paper everything that is folded is shown.
 */
export const STYLE = `
:root{color-scheme:light dark;
--ink:#161a2c;--ink-2:#4a5068;--paper:#fff;--paper-2:#f6f7fb;--line:#d9dce8;--brand:#2a3ea8;--brand-soft:#e8ebff;
--ok:#15683a;--ok-soft:#e3f5e8;--bad:#b8151a;--bad-soft:#fde8e8;--warn:#7d4400;--warn-soft:#fff1d6;
--bench:#633a96;--bench-soft:#f1e8fb;--none:#555c75;--none-soft:#eceef5;--r:8px;
--mono:ui-monospace,"Cascadia Mono",Menlo,"DejaVu Sans Mono",monospace;
font:15px/1.5 system-ui,"Segoe UI","Liberation Sans",sans-serif}
@media (prefers-color-scheme:dark){:root{
--ink:#eceefa;--ink-2:#b9bed6;--paper:#161a2e;--paper-2:#0f1222;--line:#343a5a;--brand:#a9b5ff;--brand-soft:#262e5f;
--ok:#7fd79a;--ok-soft:#16351f;--bad:#ff9f9f;--bad-soft:#431b1f;--warn:#ffcb7d;--warn-soft:#3d2c0d;
--bench:#d2b4f8;--bench-soft:#32224a;--none:#b0b6d0;--none-soft:#262b45}}
*{box-sizing:border-box}
html{scroll-padding-top:12px}
body{margin:0;color:var(--ink);background:var(--paper-2);overflow-wrap:anywhere}
h1,h2,h3,h4,h5,p,ul,ol,dl,dd,pre,blockquote{margin:0}ul,ol{padding:0;list-style:none}
h1{font-size:30px;line-height:1.2;letter-spacing:-.01em}h2{font-size:20px;line-height:1.25;margin-bottom:12px}
h3{font-size:15px;line-height:1.4;font-weight:600}h4{font-size:14px;margin:20px 0 8px}h5{font-size:15px;font-weight:500}
a{color:var(--brand);text-underline-offset:2px}
:focus-visible{outline:3px solid var(--brand);outline-offset:2px;border-radius:4px}
.mono{font-family:var(--mono);font-size:.88em}.hash{font-size:12px}.quiet{color:var(--ink-2);font-weight:400}.small{font-size:13px}
.num,.kpi{font-variant-numeric:tabular-nums}.nw{white-space:nowrap}.r{text-align:right}
.label{font-size:13px;font-weight:600;color:var(--ink-2);margin:0 0 4px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-9999px}.skip:focus{left:12px;top:12px;z-index:2;background:var(--paper);padding:8px 12px;border-radius:6px}
.app{display:grid;grid-template-columns:212px minmax(0,1fr);min-height:100vh}
nav{position:sticky;top:0;align-self:start;height:100vh;overflow:auto;background:var(--paper);border-right:1px solid var(--line);padding:16px 12px}
nav ul+ul{border-top:1px solid var(--line);margin-top:10px;padding-top:10px}
nav a{display:flex;justify-content:space-between;gap:6px;padding:5px 10px;border-radius:6px;color:var(--ink);text-decoration:none;white-space:nowrap}
nav a:hover{background:var(--brand-soft)}nav .num{color:var(--ink-2);font-size:13px}
.logo{display:flex;gap:8px;align-items:center;font-weight:700;font-size:17px}nav .logo{margin:0 8px 14px}
.logo i{width:11px;height:20px;border-radius:3px 3px 6px 6px;background:linear-gradient(var(--brand) 62%,var(--bad) 62% 76%,var(--paper) 76% 84%,var(--brand) 84%)}
main{padding:28px 32px 48px;max-width:1120px}section{margin-top:36px}section>.quiet{margin-bottom:10px}footer{margin-top:40px;border-top:1px solid var(--line);padding-top:12px}
.top .logo{display:none}.lead{display:flex;flex-wrap:wrap;gap:8px 14px;align-items:center;margin:10px 0 6px}
.verdict{display:inline-flex;gap:8px;align-items:center;font-weight:700;font-size:17px;padding:4px 14px;border-radius:99px}
.st,.class{display:inline-flex;gap:6px;align-items:center;border-radius:99px;padding:1px 10px 1px 8px;font-size:13px;font-weight:600;white-space:nowrap}
.class{background:none!important;border:1px solid currentColor;padding-block:0}
.ok{color:var(--ok);background:var(--ok-soft)}.bad{color:var(--bad);background:var(--bad-soft)}.warn{color:var(--warn);background:var(--warn-soft)}.bench{color:var(--bench);background:var(--bench-soft)}.none{color:var(--none);background:var(--none-soft)}
.chips{display:flex;flex-wrap:wrap;gap:6px;align-items:center}
.band{margin-top:20px;border:2px solid var(--bad);border-radius:var(--r);padding:12px 16px;color:var(--ink)}.band strong{color:var(--bad)}.partial{border-color:var(--warn);background:var(--warn-soft)}.partial strong{color:var(--warn)}
.card{background:var(--paper);border:1px solid var(--line);border-radius:var(--r);padding:14px 16px;min-width:0}
.cards{display:grid;gap:12px;grid-template-columns:repeat(auto-fit,minmax(min(180px,45%),1fr));margin-bottom:16px}
.kpi{font-size:30px;font-weight:700;line-height:1.15;margin-bottom:6px}.of{font-size:15px;font-weight:500;color:var(--ink-2)}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 14px}.facts dt{color:var(--ink-2);font-size:13px;padding-top:1px}
.facts.grid{grid-template-columns:repeat(auto-fill,minmax(min(210px,45%),1fr));gap:14px 20px}.facts.grid .wide{grid-column:1/-1}
.bar{display:flex;gap:1px;height:12px;border-radius:4px;overflow:hidden;background:var(--none-soft);border:1px solid var(--line)}
.bar i{display:block;min-width:2px}.chapter>.bar{margin:10px 0 14px}.intro{margin-top:36px;padding-top:20px;border-top:1px solid var(--line);color:var(--ink-2)}.b-ok{background:var(--ok)}.b-bad{background:var(--bad)}.b-none{background:var(--none-soft)}
.b-warn{background:repeating-linear-gradient(45deg,var(--warn) 0 4px,var(--warn-soft) 4px 7px)}.b-bench{background:repeating-linear-gradient(-45deg,var(--bench) 0 3px,var(--bench-soft) 3px 6px)}
.scroll{overflow-x:auto;background:var(--paper);border:1px solid var(--line);border-radius:var(--r)}
table{border-collapse:collapse;width:100%}caption{text-align:left;padding:10px 12px;font-size:13px;font-weight:600;color:var(--ink-2)}
th,td{padding:8px 12px;border-top:1px solid var(--line);vertical-align:top;text-align:left}th{font-weight:500}thead th{font-size:13px;color:var(--ink-2);font-weight:600}td.r,th.r{text-align:right}td.r{white-space:nowrap}
.barcol{width:28%}th,td,caption{overflow-wrap:break-word}td .mono{overflow-wrap:anywhere}.idlelist td:last-child{width:44%}td .bar{margin-top:5px}
details.card{padding:0;margin-top:10px}summary{cursor:pointer;padding:11px 16px 11px 34px;position:relative;list-style:none;display:flex;flex-wrap:wrap;gap:4px 14px;align-items:baseline;justify-content:space-between}
summary::-webkit-details-marker{display:none}summary::before{content:"";position:absolute;left:16px;top:17px;border:5px solid transparent;border-left:7px solid var(--ink-2);border-right:0}
details[open]>summary::before{transform:rotate(90deg)}summary:hover{background:var(--paper-2);border-radius:var(--r)}
summary h3{flex:1 1 320px}summary h3>.quiet,summary h5>.quiet{display:block}summary h5{flex:1 1 320px}.body{padding:4px 16px 16px;display:flow-root}
details.non-conforme,details.non-verifiable{border-left:4px solid var(--bad)}details.a-verifier{border-left:4px solid var(--warn)}
.reason{border-left:3px solid var(--bad);padding:2px 0 2px 12px;margin:10px 0}.a-verifier .reason{border-color:var(--warn)}
.guide{border:1px solid var(--warn);border-radius:6px;padding:10px 14px;margin:4px 0 12px}.guide .label{margin-top:10px}.guide>.label:first-child{margin-top:0}
.guide li{padding:1px 0 1px 22px;position:relative}.guide li::before{content:"–";position:absolute;left:4px}.guide .shots li::before{content:"○"}.guide .actions{counter-reset:a}.guide .actions li{counter-increment:a}.guide .actions li::before{content:counter(a) "."}
.body>.label{margin-top:12px}.body>p+p{margin-top:6px}
.steps li{padding:3px 0 3px 26px;position:relative}.steps .sign{position:absolute;left:0;width:18px;text-align:center;border-radius:4px;font-weight:700;font-size:13px}.none-step{color:var(--ink-2)}
.finding{border:1px solid var(--line);border-radius:6px;padding:12px 14px;margin-top:8px;color:var(--ink);background:var(--paper-2)}
.finding .head{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin-bottom:8px}
.two{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:10px;margin:8px 0}
pre{white-space:pre-wrap;background:var(--paper);border:1px solid var(--line);border-radius:6px;padding:8px 10px;font:13px/1.5 var(--mono)}
pre.got{border-left:3px solid var(--bad)}pre.want{border-left:3px solid var(--ok)}
blockquote{border-left:3px solid var(--brand);padding:2px 0 2px 12px;margin:10px 0}blockquote p+p{margin-top:6px}
.conformity{border-top:1px solid var(--line);padding-top:10px;margin-top:10px}.conformity:first-of-type{border-top:0;margin-top:0;padding-top:0}
.slot{margin:10px 0 0 16px}.slot .head{display:flex;flex-wrap:wrap;gap:6px 10px;align-items:center}.id{font-weight:600}
.note{color:var(--ink-2);border-left:2px solid var(--bench);padding-left:8px;margin:4px 0}
.piece{border:1px solid var(--line);border-radius:6px;padding:8px 12px;margin-top:6px;background:var(--paper-2)}
.played{margin-top:8px}.noticed li{margin-top:6px}.idle li+li{margin-top:2px}.idlelist .scroll{border-width:1px 0 0;border-radius:0 0 var(--r) var(--r)}
.legend{columns:3 280px;column-gap:12px}.legend .card{break-inside:avoid;margin-bottom:12px}.legend h3{margin-bottom:8px}.legend dd{margin:2px 0 10px;font-size:13px}.legend p+p{margin-top:8px}
:target{outline:3px solid var(--brand);outline-offset:2px}section:target,main:target{outline:0}
@media screen and (max-width:820px){.app{grid-template-columns:minmax(0,1fr)}nav{position:static;height:auto;border-right:0;border-bottom:1px solid var(--line);padding:10px 12px;display:flex;flex-wrap:wrap}nav .logo{width:100%;margin:0 8px 4px}nav ul{display:flex;flex-wrap:wrap}nav ul+ul{border:0;margin:0;padding:0}main{padding:18px 14px 32px}h1{font-size:24px}.two{grid-template-columns:minmax(0,1fr)}.slot{margin-left:0}.facts:not(.grid){grid-template-columns:minmax(0,1fr);gap:0}.facts:not(.grid) dd{margin-bottom:6px}.scroll table{min-width:560px}}
@media screen and (max-width:480px){.cards{grid-auto-flow:dense}.cards .whole{grid-column:1/-1}}
@page{margin:14mm 12mm}
@media print{:root{color-scheme:light}body{zoom:.8;background:none}.bar,.bar i,.st,.verdict,.class,.sign{print-color-adjust:exact;-webkit-print-color-adjust:exact}nav,.skip{display:none}.app{display:block}main{padding:0;max-width:none}.top .logo{display:flex}
details::details-content{content-visibility:visible;display:block;height:auto}summary::before{display:none}summary{padding-left:12px}
.card,.finding,.piece,tr{break-inside:avoid}details.card{break-inside:auto}summary,h2,h3,h4{break-after:avoid}a{color:inherit}.scroll{overflow:visible}}
`;
