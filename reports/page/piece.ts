import type { Piece } from '#evidence/index.ts';
import { html, type Html } from '../html/index.ts';
import { moment, size } from '../words/index.ts';
import { fileLink } from './file-link.ts';
import { scenarioLinks } from './finding.ts';
import type { Places } from './types.ts';

/** One piece: the file, what it shows, how to check that it is the same file, where it comes from. */
export function pieceItem(piece: Piece, places: Places): Html {
  const { path, provenance } = piece;
  return html`<li class="piece">
    <p>
      ${fileLink(path, provenance.file)}
      <span class="quiet small"
        >${size(provenance.size)} · ${provenance.mediaType}${provenance.masked && ' · secrets masqués'}</span
      >
    </p>
    <p>${provenance.caption}</p>
    <p class="small quiet">
      Scénario ${scenarioLinks([provenance.scenario], places)}, ${moment(provenance.collectedAt)} · fiche de provenance
      (${fileLink(`${path}.provenance.txt`, 'texte')}, ${fileLink(`${path}.provenance.json`, 'JSON')})
    </p>
    <p class="small quiet">SHA-256 <span class="mono hash">${provenance.sha256}</span></p>
  </li>`;
}
