/** Pages that are read one after the other: plain, light and dark, everything shown on paper. */
export const PLAIN_STYLE = `
:root{color-scheme:light dark;--ink:#161a2c;--ink-2:#4a5068;--paper:#fff;--paper-2:#f6f7fb;--line:#c9cddd;--brand:#2a3ea8;
--ok:#15683a;--ok-soft:#e3f5e8;--bad:#b8151a;--bad-soft:#fde8e8;--warn:#7d4400;--warn-soft:#fff1d6;--bench:#633a96;--bench-soft:#f1e8fb;--none:#555c75;--none-soft:#eceef5;
--mono:ui-monospace,"Cascadia Mono",Menlo,"DejaVu Sans Mono",monospace;font:16px/1.5 system-ui,"Segoe UI","Liberation Sans",sans-serif}
@media (prefers-color-scheme:dark){:root{--ink:#eceefa;--ink-2:#b9bed6;--paper:#161a2e;--paper-2:#0f1222;--line:#434a6e;--brand:#a9b5ff;
--ok:#7fd79a;--ok-soft:#16351f;--bad:#ff9f9f;--bad-soft:#431b1f;--warn:#ffcb7d;--warn-soft:#3d2c0d;--bench:#d2b4f8;--bench-soft:#32224a;--none:#b0b6d0;--none-soft:#262b45}}
*{box-sizing:border-box}body{margin:0;color:var(--ink);background:var(--paper-2);overflow-wrap:anywhere}
h1,h2,h3,h4,p,ul,ol,dl,dd,blockquote{margin:0}ul,ol{padding:0;list-style:none}h1{font-size:28px;line-height:1.2}h2{font-size:20px;margin:36px 0 12px}h3{font-size:16px;margin:20px 0 8px}h4{font-size:15px;margin:16px 0 4px}
a{color:var(--brand);text-underline-offset:2px}:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
.mono{font-family:var(--mono);font-size:.88em}.quiet{color:var(--ink-2)}.small{font-size:14px}.skip{position:absolute;left:-9999px}.skip:focus{left:12px;top:12px;background:var(--paper);padding:8px}
.app{max-width:1080px;margin:0 auto;padding:24px 20px 60px}nav{border-bottom:1px solid var(--line);padding-bottom:12px;margin-bottom:24px}nav ul{display:flex;flex-wrap:wrap;gap:4px 18px}
.st{display:inline-flex;gap:6px;align-items:center;border-radius:99px;padding:1px 10px;font-size:14px;font-weight:600;white-space:nowrap}
.ok{color:var(--ok);background:var(--ok-soft)}.bad{color:var(--bad);background:var(--bad-soft)}.warn{color:var(--warn);background:var(--warn-soft)}.bench{color:var(--bench);background:var(--bench-soft)}.none{color:var(--none);background:var(--none-soft)}
.band{border:2px solid var(--warn);background:var(--warn-soft);border-radius:8px;padding:12px 16px;margin:16px 0}.band.done{border-color:var(--ok);background:var(--ok-soft)}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 16px}dt{color:var(--ink-2)}
.card{background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:14px 16px;margin-top:12px}.card>p+p,.card>p+dl{margin-top:6px}
blockquote{border-left:3px solid var(--brand);padding:2px 0 2px 12px;margin:10px 0}
.scroll{overflow-x:auto;background:var(--paper);border:1px solid var(--line);border-radius:8px}table{border-collapse:collapse;width:100%}caption{text-align:left;padding:10px 12px;font-weight:600}
th,td{padding:8px 12px;border-top:1px solid var(--line);vertical-align:top;text-align:left}th{font-weight:600}tbody th{font-weight:500}.r{text-align:right;white-space:nowrap}
.pieces{margin-top:12px;border-top:1px solid var(--line)}.list>li{padding:4px 0}.list>li+li{border-top:1px solid var(--line)}.steps li{padding-left:22px;position:relative}.steps li span:first-child{position:absolute;left:0}
footer{margin-top:48px;border-top:1px solid var(--line);padding-top:12px}
@media (max-width:640px){dl{grid-template-columns:minmax(0,1fr);gap:0}dd{margin-bottom:6px}.app{padding:16px 12px 40px}.scroll table{min-width:520px}}
@page{margin:14mm 12mm}@media print{:root{color-scheme:light}body{background:none;font-size:12px}nav,.skip{display:none}.card,tr{break-inside:avoid}h2,h3,h4{break-after:avoid}.st,.band{print-color-adjust:exact}.scroll{overflow:visible}}
`;
