import { shownRunState } from '#tracker/domain/index.ts';
import type { RunRecord } from '#tracker/types.ts';
import { html, type Html } from '../html/index.ts';
import { count, duration, moment } from '../words/index.ts';
import type { ReportModel } from './types.ts';

const SIGNS = { ok: '✓', bad: '✕', warn: '◐', none: '…' } as const;

/** Top of the page: what was tested, by what, against which list, and what came out. */
export function identity({ run, rem, profiles, figures }: ReportModel): Html {
  const shown = shownRunState(run.lifecycle, run.verdict);
  const { product } = run;
  return html`<header class="top">
      <p class="logo"><i aria-hidden="true"></i> Jalon <span class="quiet">· rapport d’exécution</span></p>
      <h1>${product.name} <span class="nw">${product.version}</span></h1>
      <p class="lead">
        <span class="verdict ${shown.tone}"
          ><span aria-hidden="true">${SIGNS[shown.tone]}</span> ${capital(shown.label)}</span
        >
        <span
          >${run.category}, vague ${run.wave.slice(2)} ·
          ${count(run.scenarios.length, 'scénario joué', 'scénarios joués')} en ${duration(run.durationMs)}</span
        >
      </p>
      <p class="small quiet">Ce rapport montre ce que le banc a vu ; seule l’ANS accepte une preuve.</p>
    </header>
    ${
      run.faults.length > 0 &&
      html`<aside class="band bad" aria-label="Fautes volontaires">
        <p>
          <strong>Ce produit a été faussé exprès.</strong>
          ${count(run.faults.length, 'faute volontaire était active', 'fautes volontaires étaient actives')} :
          <span class="mono">${run.faults.join(', ')}</span>. Cette exécution éprouve le banc ; ses pièces ne valent pas
          preuve.
        </p>
      </aside>`
    }
    ${lifecycleBand(run)}
    <section id="produit" aria-labelledby="t-produit">
      <h2 id="t-produit">Ce qui a été testé</h2>
      <dl class="card facts grid">
        <div>
          <dt>Produit</dt>
          <dd>${product.name}</dd>
        </div>
        <div>
          <dt>Version</dt>
          <dd>
            ${product.version}${product.build !== undefined && html` <span class="quiet">(build ${product.build})</span>`}
          </dd>
        </div>
        <div>
          <dt>Éditeur</dt>
          <dd>${product.editor ?? 'non déclaré par le produit'}</dd>
        </div>
        <div>
          <dt>Piloté par</dt>
          <dd>${run.driver}</dd>
        </div>
        <div>
          <dt>Couloir et vague</dt>
          <dd>${run.category}, vague ${run.wave.slice(2)}</dd>
        </div>
        <div>
          <dt>Profils déclarés</dt>
          <dd>${profiles.join(', ')}</dd>
        </div>
        <div>
          <dt>Début <span class="quiet">(heure de Paris)</span></dt>
          <dd>${moment(run.startedAt)}</dd>
        </div>
        <div>
          <dt>Fin <span class="quiet">(heure de Paris)</span></dt>
          <dd>${run.endedAt === undefined ? 'pas terminée' : moment(run.endedAt)}</dd>
        </div>
        <div>
          <dt>Durée</dt>
          <dd>${duration(run.durationMs)}${(run.jobs ?? 1) > 1 ? `, par ${run.jobs} processus` : ''}</dd>
        </div>
        <div>
          <dt>Exécution</dt>
          <dd class="mono">${run.id}</dd>
        </div>
        <div>
          <dt>Banc</dt>
          <dd>Jalon ${run.benchVersion}</dd>
        </div>
        <div class="wide">
          <dt>Liste d’exigences (REM)</dt>
          <dd>
            ${run.rem.source}, ${count(rem.requirements.length, 'exigence')} dont ${figures.applicable} pour ces
            profils<br /><span class="small quiet">SHA-256 <span class="mono hash">${run.rem.sha256}</span></span
            >${rem.layout === 'catalogue' && html`<br /><span class="small quiet">Les titres sont ceux de Jalon : le texte officiel n’apparaît que si la REM de l’éditeur est donnée au banc.</span>`}
          </dd>
        </div>
        ${
          run.codes !== undefined &&
          html`<div class="wide">
            <dt>Listes de codes de l’éditeur</dt>
            <dd>
              ${run.codes.map(
                ({ source, sha256 }) =>
                  html`${source}<br /><span class="small quiet">SHA-256 <span class="mono hash">${sha256}</span></span
                    ><br />`,
              )}
            </dd>
          </div>`
        }
        ${referencesOf(run)}
      </dl>
    </section>`;
}

/** What the documents were held to; what did not judge is said where a document was judged. */
function referencesOf({ references, scenarios }: RunRecord): Html | false {
  const judged = scenarios.some(({ rulesHeld = [], findings }) =>
    [...rulesHeld.map(({ id }) => id), ...findings.map(({ rule }) => rule)].some((id) => id.startsWith('CDA-')),
  );
  if (references === undefined && !judged) return false;
  const { pack, mentions, datamatrix } = references ?? {};
  const file = (what: string, one: { readonly source: string; readonly sha256: string } | undefined): Html | false =>
    one !== undefined &&
    html`<br />${what} : ${one.source}<br /><span class="small quiet"
        >SHA-256 <span class="mono hash">${one.sha256}</span></span
      >`;
  return html`<div class="wide">
    <dt>Documents jugés par</dt>
    <dd>
      les règles du
      banc${
        pack === undefined
          ? ' seules : ni le schéma XSD ni les schematrons de l’ANS n’ont été joués (option --cda-pack)'
          : html`, et le pack CI-SIS de l’ANS donné par l’éditeur (${count(pack.files, 'fichier')})<br /><span
                class="small quiet"
                >SHA-256 <span class="mono hash">${pack.sha256}</span></span
              >`
      }
      ${file('mentions des comptes rendus', mentions)}${file('structure du datamatrix INS', datamatrix)}
    </dd>
  </div>`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A run that did not end says so at once: what follows is true and incomplete. */
function lifecycleBand({ lifecycle, scenarios }: RunRecord): Html | false {
  if (lifecycle === 'finished') return false;
  const left = scenarios.filter(({ cause }) => cause === 'interrompu').length;
  const what =
    lifecycle === 'interrupted'
      ? 'L’exécution a été interrompue.'
      : 'L’exécution n’était pas terminée quand ce rapport a été écrit.';
  return html`<aside class="band partial" aria-label="Exécution incomplète">
    <p>
      <strong>${what}</strong> Ce qui suit est juste mais
      partiel${left > 0 && ` : ${count(left, 'scénario reste', 'scénarios restent')} à rejouer`}.
    </p>
  </aside>`;
}
