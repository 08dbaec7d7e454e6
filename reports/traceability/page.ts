import { html, htmlDocument, PLAIN_STYLE, type Html } from '../html/index.ts';
import { CLASSES, count, SLOT_STATES, VERDICTS, type Word } from '../words/index.ts';
import type { ReportInput } from '../types.ts';
import type { TraceRow } from './rows.ts';

/** A wide table, whose titles stay in sight; on paper, in landscape. */
const WIDE = `.app{max-width:1500px}.hash{font-size:12px}thead th{position:sticky;top:0;background:var(--paper)}
.scroll{max-height:none}@page{size:A4 landscape}@media screen{.scroll{overflow:visible}}@media screen and (max-width:900px){.scroll{overflow-x:auto}.scroll table{min-width:820px}thead th{position:static}}`;

/** The matrix as a page: what shows each requirement, or why nothing does. */
export function renderTraceability({ run, rem }: ReportInput, rows: readonly TraceRow[]): string {
  const sections = Map.groupBy(rows, ({ section }) => section);
  const shown = new Set(rows.filter(({ piece }) => piece !== '').map(({ slot }) => slot)).size;
  const slots = new Set(rows.map(({ slot }) => slot).filter((slot) => slot !== '')).size;
  return htmlDocument({
    title: `Traçabilité, ${run.product.name} ${run.product.version}`,
    style: `${PLAIN_STYLE}${WIDE}`,
    contents: html`<nav aria-label="Chapitres">
      <ul>
        <li><a href="index.html">Rapport de l’exécution</a></li>
        ${Array.from(sections.keys(), (section) => html`<li><a href="#${anchorOf(section)}">${section}</a></li>`)}
      </ul>
    </nav>`,
    main: html`<h1>Traçabilité : ${run.product.name} ${run.product.version}</h1>
      <p>
        REM ${rem.category} ${rem.wave}, exécution <span class="mono">${run.id}</span> :
        ${count(shown, 'preuve a', 'preuves ont')} une pièce dans cette exécution, sur ${slots}. Chaque ligne va de
        l’exigence à la pièce ; sans pièce, elle dit pourquoi.
      </p>
      ${Array.from(sections, ([section, own]) => sectionTable(section, own))}`,
  });
}

function sectionTable(section: string, rows: readonly TraceRow[]): Html {
  return html`<h2 id="${anchorOf(section)}">${section}</h2>
    <div class="scroll" role="region" aria-labelledby="${anchorOf(section)}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Exigence</th>
            <th scope="col">Preuve</th>
            <th scope="col">Scénario joué</th>
            <th scope="col">Pièce, ou pourquoi il n’y en a pas</th>
          </tr>
        </thead>
        ${Array.from(
          Map.groupBy(rows, ({ requirement }) => requirement).values(),
          (own) =>
            html`<tbody>
              ${own.map((row, rank) => line(row, own, rank))}
            </tbody>`,
        )}
      </table>
    </div>`;
}

function line(row: TraceRow, own: readonly TraceRow[], rank: number): Html {
  const before = own[rank - 1];
  const newSlot = before === undefined || before.slot !== row.slot;
  const newScenario = newSlot || before.scenario !== row.scenario;
  const sameSlot = own.filter(({ slot }) => slot === row.slot).length;
  const sameScenario = own.filter(({ slot, scenario }) => slot === row.slot && scenario === row.scenario).length;
  return html`<tr>
    ${
      rank === 0 &&
      html`<th scope="rowgroup" rowspan="${own.length}">
        <span class="mono">${row.requirement}</span><br />${row.title}
      </th>`
    }
    ${
      newSlot &&
      html`<td rowspan="${sameSlot}">
        ${row.slot === '' ? html`<span class="quiet">aucune</span>` : html`<span class="mono">${row.slot}</span><br />${row.state !== null && badge(SLOT_STATES[row.state])} <span class="quiet small">${row.evidenceClass !== null && CLASSES[row.evidenceClass].label}</span>`}
      </td>`
    }
    ${
      newScenario &&
      html`<td rowspan="${sameScenario}">
        ${row.scenario === '' ? html`<span class="quiet">aucun</span>` : html`<span class="mono">${row.scenario}</span><br />${row.verdict !== null && badge(VERDICTS[row.verdict])}`}
      </td>`
    }
    <td>
      ${row.piece === '' ? html`<span class="quiet">${row.why}</span>` : html`<a href="${row.piece.split('/').map(encodeURIComponent).join('/')}">${row.piece.split('/').at(-1) ?? ''}</a> <span class="mono hash">${row.sha256.slice(0, 16)}…</span>`}
    </td>
  </tr>`;
}

function badge({ tone, sign, label }: Word): Html {
  return html`<span class="st ${tone}"><span aria-hidden="true">${sign}</span> ${label}</span>`;
}

function anchorOf(section: string): string {
  return `chapitre-${section.replaceAll(/[^A-Za-z0-9.-]/gu, '_')}`;
}
