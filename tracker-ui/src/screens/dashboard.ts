import { html, nothing, type TemplateResult } from 'lit';
import type { CampaignView, CurrentCampaignView, RunLineView, SectionView } from '#tracker/api/index.ts';
import { Loader } from '../call/loader.ts';
import { count, duration, moment, number } from '../format/format.ts';
import { badge } from '../parts/badge.ts';
import { bar } from '../parts/bar.ts';
import { LightElement } from '../parts/light.ts';
import { listLink, requirementLink, runLink } from '../parts/links.ts';
import { nothingYet, whenReady } from '../parts/notice.ts';
import { entries } from '../parts/segments.ts';
import { verdictCounts } from '../parts/verdict-counts.ts';
import { CAUSES, CHAPTERS, NO_PROOF, runWord, SLOT_STATES, VERDICTS } from '../words/states.ts';

/** Where the file stands: proofs by chapter, what blocks, the last run. */
class DashboardElement extends LightElement {
  readonly #current = new Loader<CurrentCampaignView>(this, () => '/api/campaigns/current');

  protected override render(): TemplateResult {
    return whenReady(this.#current.state, ({ campaign }) => (campaign ? dashboard(campaign) : nothingYet()));
  }
}

customElements.define('jalon-dashboard', DashboardElement);

function dashboard(campaign: CampaignView): TemplateResult {
  const { slots, requirements } = campaign;
  const missing = slots.total - slots.done;
  return html`<h1>Où en est le dossier</h1>
    <p class="lead">
      ${
        missing === 0
          ? html`Les ${number(slots.total)} preuves demandées sont là.`
          : html`Il manque <strong>${count(missing, 'preuve')}</strong> sur ${number(slots.total)}.`
      }
      ${count(requirements.exercised, 'exigence exercée', 'exigences exercées')} par le banc sur
      ${number(requirements.total)}.
    </p>
    <div class="grid">
      <section class="card wide" aria-labelledby="par-chapitre">
        <h2 id="par-chapitre">Par chapitre</h2>
        ${chapters(campaign.sections)}
      </section>
      <div class="column">
        <section class="card" aria-labelledby="derniere">
          <h2 id="derniere">Dernière exécution</h2>
          ${campaign.lastRun ? lastRun(campaign.lastRun) : nothing}
        </section>
        <section class="card" aria-labelledby="ce-qui-bloque">
          <h2 id="ce-qui-bloque">Ce qui bloque</h2>
          ${blocking(campaign.blocking)}
        </section>
        <section class="card" aria-labelledby="preuves">
          <h2 id="preuves">Preuves</h2>
          <p class="figure num">${number(slots.done)} <span class="quiet">/ ${number(slots.total)}</span></p>
          <ul class="plain legend">
            ${entries(slots.byState).map(
              ([state, each]) => html`<li>${badge(SLOT_STATES[state])} <span class="num">${number(each)}</span></li>`,
            )}
          </ul>
          <p class="small quiet">
            Une preuve rejouée est une répétition : la preuve officielle reste à produire. Une exécution verte n’accepte
            jamais une preuve.
          </p>
        </section>
      </div>
    </div>`;
}

function chapters(sections: readonly SectionView[]): TemplateResult {
  return html`<table class="stack" role="table">
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col" class="half">Chapitre</th>
        <th role="columnheader" scope="col" class="third">Preuves</th>
        <th role="columnheader" scope="col" class="end">Faites</th>
        <th role="columnheader" scope="col">État</th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${sections.map(
        (section) =>
          html`<tr role="row">
            <th role="rowheader" scope="row">
              ${listLink({ section: section.id }, html`${section.id} · ${section.title}`)}
              <span class="small quiet block">${count(section.requirements, 'exigence')}</span>
            </th>
            <td role="cell" class="bars">${section.slots.total > 0 ? bar(section.slots) : nothing}</td>
            <td role="cell" class="end num">
              ${section.slots.total > 0 ? `${number(section.slots.done)} / ${number(section.slots.total)}` : '–'}
            </td>
            <td role="cell" class="states">
              ${badge(section.state ? CHAPTERS[section.state] : NO_PROOF)}
              ${
                section.nonConforming > 0
                  ? badge({ ...VERDICTS['non-conforme'], label: count(section.nonConforming, 'non-conformité') })
                  : nothing
              }
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function blocking({ total, first }: CampaignView['blocking']): TemplateResult {
  if (total === 0) return html`<p class="quiet">Aucun scénario joué n’est en échec.</p>`;
  return html`<ul class="plain spaced">
      ${first.map(
        ({ requirement, title, verdict, cause, reason }) =>
          html`<li>
            ${badge(verdict === 'non-verifiable' && cause ? CAUSES[cause] : VERDICTS[verdict])}
            ${requirementLink(requirement)} ${title}
            ${reason ? html`<span class="small quiet clamp">${reason}</span>` : nothing}
          </li>`,
      )}
    </ul>
    ${
      total > first.length
        ? html`<p class="small">
            ${listLink({ verdict: 'non-conforme' }, `Toutes les non-conformités`)} ·
            ${count(total - first.length, 'autre exigence', 'autres exigences')}
          </p>`
        : nothing
    }`;
}

function lastRun(run: RunLineView): TemplateResult {
  return html`<p>${badge(runWord(run.shown))} ${runLink(run.id, `Exécution du ${moment(run.startedAt)}`)}</p>
    <p>
      <span class="figure num">${number(run.scenarios.total)}</span>
      <span class="quiet"
        >${run.scenarios.total < 2 ? 'scénario' : 'scénarios'} en ${duration(run.durationMs)},
        ${count(run.pieces, 'pièce')}</span
      >
    </p>
    ${verdictCounts(run.scenarios)}`;
}
