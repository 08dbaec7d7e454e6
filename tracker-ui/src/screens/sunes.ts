import { html, nothing, type TemplateResult } from 'lit';
import type {
  DomainResult,
  EstablishmentResult,
  IndicatorResult,
  SunesReportView,
  WindowResult,
} from '#tracker/api/index.ts';
import { Asker } from '../call/asker.ts';
import { fileBody } from '../call/post.ts';
import { count, euros, number, percent } from '../format/format.ts';
import { badge } from '../parts/badge.ts';
import { drop } from '../parts/drop.ts';
import { LightElement } from '../parts/light.ts';
import { failed } from '../parts/notice.ts';
import { SHARES, TARGETS } from '../words/sunes.ts';

/** Indicators, targets and lump sums of SUN-ES from a file of counts: the API computes, what is unknown is said. */
class SunesElement extends LightElement {
  readonly #report = new Asker<SunesReportView>(this, '/api/sunes');

  protected override render(): TemplateResult {
    return html`<h1>SUN-ES</h1>
      <p class="intro">
        Indicateurs d’usage d’un établissement, cibles de chaque fenêtre et forfait. SUN-ES paie l’usage à
        l’établissement : il ne finance pas l’éditeur. Rien n’est gardé.
      </p>
      ${drop({
        id: 'fichier-sunes',
        title: 'Choisissez un fichier de comptes, ou déposez-le ici',
        hint: 'Un compte par établissement, fenêtre et indicateur, en .csv ou .xlsx.',
        accept: '.csv,.xlsx',
        template: { href: '/api/sunes/template', label: 'Télécharger le modèle' },
        taken: (file) => void this.#ask(file),
      })}
      ${this.#result()}`;
  }

  async #ask(file: File): Promise<void> {
    await this.#report.ask(file.name, async () => ({ file: await fileBody(file) }));
    await this.updateComplete;
    this.querySelector<HTMLElement>('#resultat')?.focus();
  }

  #result(): TemplateResult {
    const { state } = this.#report;
    switch (state.status) {
      case 'idle':
        return html`<p class="quiet" role="status">Aucun compte n’est encore donné.</p>`;
      case 'asking':
        return html`<p class="quiet" role="status">Calcul…</p>`;
      case 'failed':
        return failed(state.error);
      case 'ready':
        return report(state.view, state.about);
    }
  }
}

customElements.define('jalon-sunes', SunesElement);

function report(view: SunesReportView, about: string): TemplateResult {
  const { establishments, unknown, errors, kept, rows, data } = view;
  return html`<h2 id="resultat" tabindex="-1">${about}</h2>
    <p role="status">
      ${count(kept, 'compte lu', 'comptes lus')} sur
      ${count(rows, 'ligne')}${errors.length > 0 ? `, ${count(errors.length, 'erreur')}` : ''}.
    </p>
    ${
      errors.length === 0
        ? nothing
        : html`<section class="card" aria-labelledby="erreurs">
            <h2 id="erreurs">À corriger dans le fichier</h2>
            <ul class="plain spaced">
              ${errors.map(
                ({ where, message, remedy, code }) =>
                  html`<li>
                    <strong>${where}</strong> : ${message} ${remedy} <span class="small quiet mono">${code}</span>
                  </li>`,
              )}
            </ul>
          </section>`
    }
    ${establishments.map(establishment)}
    <section class="card" aria-labelledby="inconnu">
      <h2 id="inconnu">Ce que les sources ne disent pas</h2>
      <ul>
        ${unknown.map((text) => html`<li>${text}</li>`)}
      </ul>
      <p class="small quiet">Cibles et forfaits : ${data.version} (${data.source}).</p>
    </section>`;
}

function establishment({ finess, name, activity, category, windows }: EstablishmentResult): TemplateResult {
  return html`<section class="card" aria-labelledby=${`et-${finess}`}>
    <h2 id=${`et-${finess}`}>${name ?? 'Établissement'} <span class="quiet mono">${finess}</span></h2>
    <p>
      ${
        category.status === 'known'
          ? html`Catégorie
            ${category.ids.join(' ou ')}${activity === undefined ? nothing : html`, activité combinée 2019 : ${number(activity)}`}${category.note ? ` (${category.note})` : ''}`
          : html`Catégorie inconnue : ${category.reason}`
      }
    </p>
    ${windows.map((window) => windowPart(finess, window))}
  </section>`;
}

function windowPart(finess: string, window: WindowResult): TemplateResult {
  const { prerequisites, acquired } = window;
  const id = `f-${finess}-${window.window}`;
  return html`<section aria-labelledby=${id}>
    <h3 id=${id}>${window.title} <span class="quiet">forfait payé à ${percent(window.share / 100)}</span></h3>
    <p>
      Prérequis :
      ${
        prerequisites.status === 'unknown'
          ? `non renseignés, ${prerequisites.of} demandés`
          : `${prerequisites.validated ?? 0} sur ${prerequisites.of} validés`
      }${acquired ? html` · acquis : <strong>${range(acquired)}</strong>` : nothing}
    </p>
    ${indicators(window.indicators)} ${domains(window.domains)}
  </section>`;
}

function indicators(all: readonly IndicatorResult[]): TemplateResult {
  return html`<table class="stack" role="table">
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col" class="half">Indicateur</th>
        <th role="columnheader" scope="col" class="end">Envoyés / produits</th>
        <th role="columnheader" scope="col" class="end">Taux</th>
        <th role="columnheader" scope="col" class="end">Cible</th>
        <th role="columnheader" scope="col">Atteinte</th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${all.map(
        ({ title, domain, bonus, notes, sent, produced, rate, nationalRate, target, status, missing }) =>
          html`<tr role="row">
            <th role="rowheader" scope="row">
              ${domain} · ${title}${bonus ? html` <span class="small quiet">bonus</span>` : nothing}
              ${notes.map((note) => html`<span class="small quiet block">${note}</span>`)}
            </th>
            <td role="cell" class="end num" data-label="Envoyés / produits">${number(sent)} / ${number(produced)}</td>
            <td role="cell" class="end num" data-label="Taux">
              ${rate === undefined ? '–' : percent(rate)}
              ${nationalRate === undefined ? nothing : html`<span class="small quiet block">national ${percent(nationalRate)}</span>`}
            </td>
            <td role="cell" class="end num" data-label="Cible">
              ${target === undefined ? 'inconnue' : percent(target)}
            </td>
            <td role="cell" data-label="Atteinte">
              ${badge(TARGETS[status])}
              ${missing > 0 ? html`<span class="small block">il manque ${count(missing, 'document')}</span>` : nothing}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function domains(all: readonly DomainResult[]): TemplateResult {
  return html`<table class="stack" role="table">
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col" class="half">Domaine</th>
        <th role="columnheader" scope="col" class="end">Forfait</th>
        <th role="columnheader" scope="col">Part des prérequis</th>
        <th role="columnheader" scope="col">Part des cibles</th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${all.map(
        ({ domain, title, reason, lumpSum, prerequisitesShare, targetsShare }) =>
          html`<tr role="row">
            <th role="rowheader" scope="row">${domain} · ${title} <span class="small quiet block">${reason}</span></th>
            <td role="cell" class="end num" data-label="Forfait">${lumpSum ? range(lumpSum) : 'inconnu'}</td>
            <td role="cell" data-label="Part des prérequis">${share(prerequisitesShare)}</td>
            <td role="cell" data-label="Part des cibles">${share(targetsShare)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function share({ status, amount }: DomainResult['targetsShare']): TemplateResult {
  return html`${badge(SHARES[status])} ${amount ? html`<span class="small num block">${range(amount)}</span>` : nothing}`;
}

function range({ minCents, maxCents }: NonNullable<DomainResult['lumpSum']>): string {
  return minCents === maxCents ? euros(minCents) : `${euros(minCents)} à ${euros(maxCents)}`;
}
