import { html, type Html } from '../html/index.ts';
import { count, date, moment, size, STEP_STATES, VERDICTS } from '../words/index.ts';
import { badge } from './badge.ts';
import { bareName, type PlacedPiece } from './places.ts';
import type { DossierPiece } from './types.ts';

/** Pieces of a slot: what people brought, then scenario by scenario what the bench collected, whose story is told once. */
export function pieceItems(placed: readonly PlacedPiece[], from: string): readonly Html[] {
  const people = placed.filter(isOfPerson);
  const scenarios = Map.groupBy(placed.filter(isOfBench), ({ piece }) => piece.provenance.scenario);
  return [
    ...people.map((one) => html`<li class="card">${file(one, from)} ${byPerson(one.piece)}</li>`),
    ...Array.from(scenarios.values(), (own) => byBench(own, from)),
  ];
}

function file({ piece, path, here }: PlacedPiece, from: string): Html {
  return html`<p>
      <a href="${relativeTo(from, path)}">${path.split('/').at(-1) ?? ''}</a>
      <span class="quiet small"
        >${size(piece.size)} ·
        ${mediaTypeOf(piece)}${!here && ' · versée aussi dans une autre preuve, où est le fichier'}</span
      >
    </p>
    <p class="small quiet">SHA-256 <span class="mono">${piece.sha256}</span></p>`;
}

type Placed<By extends DossierPiece['by']> = PlacedPiece & { readonly piece: Extract<DossierPiece, { by: By }> };

function isOfBench(placed: PlacedPiece): placed is Placed<'banc'> {
  return placed.piece.by === 'banc';
}

function isOfPerson(placed: PlacedPiece): placed is Placed<'personne'> {
  return placed.piece.by === 'personne';
}

function byBench(placed: readonly Placed<'banc'>[], from: string): Html {
  const [first] = placed;
  if (first === undefined) return html``;
  const { provenance, scenario } = first.piece;
  const { product } = provenance;
  return html`<li class="card">
    <p><strong>${scenario?.name ?? provenance.scenario}</strong> ${badge(VERDICTS[provenance.verdict])}</p>
    <dl class="small">
      <dt>Recueilli par</dt>
      <dd>
        le banc Jalon ${provenance.benchVersion}, le ${moment(provenance.collectedAt)}, exécution
        <span class="mono">${provenance.run}</span>, scénario
        <span class="mono">${provenance.scenario}</span
        >${provenance.operator !== undefined && `, lancée par ${provenance.operator}`}
      </dd>
      <dt>Produit</dt>
      <dd>
        ${product.name} ${product.version}${product.build !== undefined && `, build ${product.build}`}, piloté par
        ${provenance.driver}
      </dd>
      ${
        provenance.mocks !== undefined &&
        html`<dt>Services simulés</dt>
          <dd>profil ${provenance.mocks.profile}</dd>`
      }
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
    </dl>
    <ul class="list pieces">
      ${placed.map(
        (one) =>
          html`<li>
            <p>${one.piece.provenance.caption}</p>
            ${file(one, from)}
            ${
              one.piece.provenance.masked &&
              html`<p class="small quiet">
                Secrets masqués ; empreinte de l’original
                <span class="mono">${one.piece.provenance.originalSha256}</span>
              </p>`
            }
          </li>`,
      )}
    </ul>
  </li>`;
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
