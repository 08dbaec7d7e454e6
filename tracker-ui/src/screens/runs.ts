import { html, nothing, type TemplateResult } from 'lit';
import type { RunLineView, RunListView } from '#tracker/api/index.ts';
import { Loader } from '../call/loader.ts';
import { count, duration, moment, number } from '../format/format.ts';
import { badge } from '../parts/badge.ts';
import { LightElement } from '../parts/light.ts';
import { runLink } from '../parts/links.ts';
import { nothingYet, whenReady } from '../parts/notice.ts';
import { verdictCounts } from '../parts/verdict-counts.ts';
import { runWord } from '../words/states.ts';

/** All runs of the working folder, newest first. */
class RunsElement extends LightElement {
  readonly #list = new Loader<RunListView>(this, () => '/api/runs');

  protected override render(): TemplateResult {
    return whenReady(this.#list.state, ({ total, runs }) =>
      total === 0
        ? nothingYet()
        : html`<h1>Exécutions</h1>
            <p class="quiet">
              ${runs.length === total ? count(total, 'exécution') : `Les ${number(runs.length)} dernières sur ${number(total)}`}
            </p>
            <div class="card">${table(runs)}</div>`,
    );
  }
}

customElements.define('jalon-runs', RunsElement);

function table(runs: readonly RunLineView[]): TemplateResult {
  return html`<table class="stack" role="table">
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col">Exécution</th>
        <th role="columnheader" scope="col">Produit</th>
        <th role="columnheader" scope="col">État</th>
        <th role="columnheader" scope="col">Scénarios</th>
        <th role="columnheader" scope="col" class="end">Durée</th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${runs.map(
        (run) =>
          html`<tr role="row">
            <th role="rowheader" scope="row">
              ${runLink(run.id, html`<span class="whole">${moment(run.startedAt)}</span>`)}
              <span class="small quiet mono block">${run.id}</span>
            </th>
            <td role="cell">
              ${run.product.name} ${run.product.version} <span class="small quiet block">piloté par ${run.driver}</span>
              ${run.faults.length > 0 ? html`<span class="small block">fautes : ${run.faults.join(', ')}</span>` : nothing}
            </td>
            <td role="cell">${badge(runWord(run.shown))}</td>
            <td role="cell">${verdictCounts(run.scenarios)}</td>
            <td role="cell" class="end num" data-label="Durée">${duration(run.durationMs)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
