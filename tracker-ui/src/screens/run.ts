import { html, nothing, type TemplateResult } from 'lit';
import type { RunView, UnverifiableCause, Verdict } from '#tracker/api/index.ts';
import { Loader } from '../call/loader.ts';
import { count, duration, moment, number } from '../format/format.ts';
import { badge } from '../parts/badge.ts';
import { LightElement } from '../parts/light.ts';
import { whenReady } from '../parts/notice.ts';
import { scenarioResult } from '../parts/scenario-result.ts';
import { CAUSES, runWord, VERDICTS } from '../words/states.ts';

/**
 * One run: its verdict, its scenarios with steps and findings, what nobody expected, where its report lies.
 *
 * Property `run`: its id.
 */
class RunElement extends LightElement {
  static override readonly properties = { run: { attribute: false }, kept: { state: true } };
  declare run: string;
  /** The only verdict shown; all when undefined. */
  declare private kept: Verdict | undefined;
  readonly #view = new Loader<RunView>(this, () => `/api/runs/${encodeURIComponent(this.run)}`);

  protected override render(): TemplateResult {
    return whenReady(this.#view.state, (view) => this.#page(view));
  }

  #page(view: RunView): TemplateResult {
    return html`<nav aria-label="Fil d’Ariane" class="crumbs small">
        <a href="/executions">Exécutions</a> › <span aria-current="page" class="mono">${view.id}</span>
      </nav>
      <h1>Exécution du ${moment(view.startedAt)} ${badge(runWord(view.shown))}</h1>
      ${facts(view)} ${causes(view)}
      <section aria-labelledby="scenarios">
        <h2 id="scenarios">Scénarios <span class="quiet num">${number(view.scenarios.total)}</span></h2>
        ${this.#choice(view)}
        ${view.results
          .filter(({ verdict }) => this.kept === undefined || verdict === this.kept)
          // Few failures are read at once; many are a list to choose from.
          .map((result) =>
            scenarioResult(result, result.verdict === 'non-conforme' && view.scenarios['non-conforme'] <= 5),
          )}
      </section>
      ${unexpected(view)}`;
  }

  #choice({ scenarios }: RunView): TemplateResult {
    const verdicts = (Object.keys(VERDICTS) as Verdict[]).filter((verdict) => scenarios[verdict] > 0);
    const button = (kept: Verdict | undefined, label: unknown): TemplateResult =>
      html`<button
        type="button"
        aria-pressed=${this.kept === kept ? 'true' : 'false'}
        @click=${() => {
          this.kept = kept;
        }}
      >
        ${label}
      </button>`;
    return html`<div class="actions" role="group" aria-label="Scénarios montrés">
      ${button(undefined, `Tous ${number(scenarios.total)}`)}
      ${verdicts.map((verdict) =>
        button(
          verdict,
          html`<span aria-hidden="true">${VERDICTS[verdict].sign}</span> ${VERDICTS[verdict].label}
            ${number(scenarios[verdict])}`,
        ),
      )}
    </div>`;
  }
}

customElements.define('jalon-run', RunElement);

function facts(view: RunView): TemplateResult {
  const { product, build, editor, driver, faults, rem, profiles, benchVersion } = view;
  return html`<div class="card">
    <dl class="facts">
      <dt>Produit</dt>
      <dd>${product.name} ${product.version}${build ? ` (build ${build})` : ''}${editor ? `, ${editor}` : ''}</dd>
      <dt>Piloté par</dt>
      <dd>${driver}${faults.length > 0 ? `, fautes : ${faults.join(', ')}` : ''}</dd>
      <dt>REM</dt>
      <dd>${rem.source} <span class="small quiet mono wrap">${rem.sha256}</span></dd>
      <dt>Profils</dt>
      <dd>${profiles.join(', ')}</dd>
      <dt>Durée</dt>
      <dd>${duration(view.durationMs)}, ${count(view.pieces, 'pièce')}, banc ${benchVersion}</dd>
      ${
        view.dir === null
          ? nothing
          : html`<dt>Dossier</dt>
              <dd>
                <span class="mono wrap">${view.dir}</span>
                <span class="small quiet block"
                  >Le rapport est le fichier index.html de ce dossier ; les pièces sont sous preuves/.</span
                >
              </dd>`
      }
    </dl>
  </div>`;
}

function causes({ causes, scenarios }: RunView): TemplateResult | typeof nothing {
  if (scenarios['non-verifiable'] === 0) return nothing;
  const named = Object.keys(CAUSES) as UnverifiableCause[];
  return html`<section class="card" aria-labelledby="causes">
    <h2 id="causes">
      Ce qui n’a pas pu être jugé <span class="quiet num">${number(scenarios['non-verifiable'])}</span>
    </h2>
    <ul class="plain spaced">
      ${named.map((cause) => {
        const counted = causes[cause] ?? 0;
        return counted > 0
          ? html`<li>
              ${badge(CAUSES[cause])} <span class="num">${count(counted, 'scénario')}</span>
              <span class="small quiet">${CAUSES[cause].meaning}</span>
            </li>`
          : nothing;
      })}
    </ul>
  </section>`;
}

function unexpected({ unexpectedOperations }: RunView): TemplateResult {
  return html`<section aria-labelledby="imprevus">
    <h2 id="imprevus">Opérations imprévues <span class="quiet num">${number(unexpectedOperations.length)}</span></h2>
    ${
      unexpectedOperations.length === 0
        ? html`<p class="quiet">Chaque échange a été attendu par un scénario et attribué.</p>`
        : html`<p class="quiet">Échanges qu’aucun scénario n’attendait, ou qui n’ont pu être attribués.</p>
            <ul class="plain spaced boxed">
              ${unexpectedOperations.map(
                ({ service, operation, outcome, at }) =>
                  html`<li>
                    <strong>${service}</strong> <span class="mono wrap">${operation}</span>
                    <span class="small quiet block">${moment(at)} · ${outcome}</span>
                  </li>`,
              )}
            </ul>`
    }
  </section>`;
}
