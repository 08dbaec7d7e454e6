import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { PieceView } from '#tracker/api/index.ts';
import { CallError, getText } from '../call/get.ts';
import { moment, size } from '../format/format.ts';
import { VERDICTS } from '../words/states.ts';
import { badge } from './badge.ts';
import { LightElement } from './light.ts';
import { runLink } from './links.ts';

/** More would only slow the page: the whole piece opens apart. */
const READ_LIMIT = 200_000;

/**
 * A piece in its slot: what it shows, where it comes from, and its text on request.
 *
 * Property `piece`: the piece. Property `known`: a run that the page already names; any other one is linked.
 */
class PieceElement extends LightElement {
  static override readonly properties = {
    piece: { attribute: false },
    known: { attribute: false },
    text: { state: true },
  };
  declare piece: PieceView;
  declare known: string | undefined;
  declare private text: string | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    // The same element may be given another piece when a list changes.
    if (changed.has('piece')) this.text = undefined;
  }

  protected override render(): TemplateResult {
    const { piece, text } = this;
    const { name, version, build } = piece.product;
    return html`<div class="piece">
      <p class="line">
        <strong>${piece.caption}</strong>
        ${piece.verdict === 'conforme' ? nothing : badge(VERDICTS[piece.verdict])}
      </p>
      <p class="small quiet">
        ${moment(piece.collectedAt)} · ${name} ${version}${build ? ` (build ${build})` : ''} · ${size(piece.size)}
        ${piece.run === this.known ? nothing : html`· ${runLink(piece.run, `exécution ${piece.run}`)}`}
        ${piece.masked ? '· secrets masqués' : nothing}
      </p>
      <p class="small quiet">SHA-256 <span class="mono">${piece.sha256}</span></p>
      <p class="actions">
        <a class="button" href=${piece.url} target="_blank" rel="noopener">Ouvrir ${piece.file}</a>
        ${
          piece.text
            ? html`<button type="button" aria-expanded=${text === undefined ? 'false' : 'true'} @click=${this.#toggle}>
                ${text === undefined ? 'Lire ici' : 'Refermer'}<span class="hidden"> ${piece.file}</span>
              </button>`
            : nothing
        }
        <a href=${`${piece.url}?download`} download>Télécharger<span class="hidden"> ${piece.file}</span></a>
        <a href=${piece.provenanceUrl} target="_blank" rel="noopener"
          >Provenance<span class="hidden"> de ${piece.file}</span></a
        >
      </p>
      ${
        text === undefined
          ? nothing
          : html`<pre class="text" tabindex="0" role="region" aria-label=${`Texte de ${piece.file}`}>${text}</pre>`
      }
    </div>`;
  }

  readonly #toggle = async (): Promise<void> => {
    if (this.text !== undefined) {
      this.text = undefined;
      return;
    }
    try {
      const { text, cut } = await getText(this.piece.url, READ_LIMIT);
      this.text = cut ? `${text}\n… la suite en ouvrant la pièce` : text;
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      this.text = `${error.message} ${error.remedy}`;
    }
  };
}

customElements.define('jalon-piece', PieceElement);

export function pieceItem(piece: PieceView, known?: string): TemplateResult {
  return html`<jalon-piece .piece=${piece} .known=${known}></jalon-piece>`;
}
