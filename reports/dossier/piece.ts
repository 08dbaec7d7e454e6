import { html, type Html } from '../html/index.ts';
import { count, date, moment, size, STEP_STATES, VERDICTS } from '../words/index.ts';
import { badge } from './badge.ts';
import { bareName, type PlacedPiece } from './places.ts';
import type { DossierPiece } from './types.ts';

/** A piece in its slot: the file, what it shows, who made it, how to see that it is the same file. */
export function pieceItem({ piece, path, here }: PlacedPiece, from: string): Html {
  return html`<li class="card">
    <p>
      <a href="${relativeTo(from, path)}">${path.split('/').at(-1) ?? ''}</a>
      <span class="quiet small"
        >${size(piece.size)} ·
        ${mediaTypeOf(piece)}${!here && ' · versée aussi dans une autre preuve, où est le fichier'}</span
      >
    </p>
    ${piece.by === 'banc' ? byBench(piece) : byPerson(piece)}
    <p class="small quiet">SHA-256 <span class="mono">${piece.sha256}</span></p>
  </li>`;
}

function byBench({ provenance, scenario }: Extract<DossierPiece, { by: 'banc' }>): Html {
  const { product } = provenance;
  return html`<p>${provenance.caption}</p>
    <dl class="small">
      <dt>Recueillie par</dt>
      <dd>
        le banc Jalon ${provenance.benchVersion}, le ${moment(provenance.collectedAt)}, exécution
        <span class="mono">${provenance.run}</span>
      </dd>
      <dt>Produit</dt>
      <dd>${product.name} ${product.version}${product.build !== undefined && `, build ${product.build}`}</dd>
      ${
        provenance.mocks !== undefined &&
        html`<dt>Services simulés</dt>
          <dd>profil ${provenance.mocks.profile}</dd>`
      }
      ${
        provenance.masked &&
        html`<dt>Masquage</dt>
          <dd>secrets masqués ; empreinte de l’original <span class="mono">${provenance.originalSha256}</span></dd>`
      }
      <dt>Scénario joué</dt>
      <dd>
        ${scenario === undefined ? html`<span class="mono">${provenance.scenario}</span>` : scenario.name}
        ${badge(VERDICTS[provenance.verdict])}
      </dd>
      ${
        scenario?.rulesHeld !== undefined &&
        scenario.rulesHeld.length > 0 &&
        html`<dt>Règles tenues</dt>
          <dd>
            <ul>
              ${scenario.rulesHeld.map(({ id, title }) => html`<li><span class="mono">${id}</span> ${title}</li>`)}
            </ul>
          </dd>`
      }
      ${
        scenario !== undefined &&
        html`<dt>Étapes</dt>
          <dd>
            <ol class="steps">
              ${scenario.steps.map(
                ({ text, status }) =>
                  html`<li>
                    <span aria-hidden="true">${STEP_STATES[status].sign}</span> ${text}
                    <span class="quiet">(${STEP_STATES[status].label})</span>
                  </li>`,
              )}
            </ol>
          </dd>`
      }
    </dl>`;
}

function byPerson({ evidence, filing }: Extract<DossierPiece, { by: 'personne' }>): Html {
  const { guard, product, original, shared } = evidence;
  const masked = shared !== undefined && shared.sha256 !== original.sha256;
  return html`<p>
      ${evidence.caption === '' ? bareName({ by: 'personne', evidence, filing } as DossierPiece) : evidence.caption}
    </p>
    <dl class="small">
      <dt>Apportée par</dt>
      <dd>
        ${evidence.operator}, le
        ${moment(evidence.addedAt)}${filing.author !== evidence.operator && `, versée ici par ${filing.author}`}
      </dd>
      <dt>Produit</dt>
      <dd>
        ${product.name}
        ${product.version}${product.build !== undefined && `, build ${product.build}`}${filing.stillHolds !== undefined && html` <span class="quiet">vaut encore : ${filing.stillHolds}</span>`}
      </dd>
      ${
        evidence.datedOn !== undefined &&
        html`<dt>Date du document</dt>
          <dd>${date(evidence.datedOn)}</dd>`
      }
      ${
        masked &&
        html`<dt>Masquage</dt>
          <dd>
            ${count(guard.masks.length, 'endroit masqué', 'endroits masqués')} ; empreinte de l’original
            <span class="mono">${original.sha256}</span>
          </dd>`
      }
      ${
        guard.falseAlarms.length > 0 &&
        html`<dt>Fausses alertes</dt>
          <dd>
            <ul>
              ${guard.falseAlarms.map(({ reason, by, at }) => html`<li>${reason} <span class="quiet">(${by}, ${moment(at)})</span></li>`)}
            </ul>
          </dd>`
      }
      ${
        guard.notLookedInto.length > 0 &&
        html`<dt>Non regardé</dt>
          <dd>
            <ul>
              ${guard.notLookedInto.map(({ where, why }) => html`<li>${where} : ${why}</li>`)}
            </ul>
          </dd>`
      }
    </dl>`;
}

export function mediaTypeOf(piece: DossierPiece): string {
  return piece.by === 'banc' ? piece.provenance.mediaType : piece.evidence.mediaType;
}

/** A link from one file of the dossier to another, each part escaped. */
export function relativeTo(from: string, to: string): string {
  const up = from.split('/').length - 1;
  return '../'.repeat(up) + to.split('/').map(encodeURIComponent).join('/');
}
