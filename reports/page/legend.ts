import { html, type Html } from '../html/index.ts';
import { CAUSES, CLASSES, SEVERITIES, SLOT_STATES, VERDICTS, type Word } from '../words/index.ts';
import { badge } from './badge.ts';

/** What every sign of the page means. */
export function legend(): Html {
  return html`<section id="legende" aria-labelledby="t-legende">
    <h2 id="t-legende">Légende</h2>
    <div class="legend">
      ${table('Verdict d’un scénario', Object.values(VERDICTS))}
      ${table('Cause, quand le banc n’a pas pu juger', Object.values(CAUSES))}
      ${table('Gravité d’un constat', Object.values(SEVERITIES))}
      ${table('Classe d’une preuve', Object.values(CLASSES))}
      ${table('État d’une preuve au dossier', Object.values(SLOT_STATES))}
      <div class="card">
        <h3>Vérifier une pièce</h3>
        <p>
          Chaque pièce porte son empreinte SHA-256 ici et dans sa fiche de provenance. Recalculez-la :
          <span class="mono">sha256sum FICHIER</span> (Linux), <span class="mono">shasum -a 256 FICHIER</span> (macOS),
          <span class="mono">certutil -hashfile FICHIER SHA256</span> (Windows).
        </p>
        <p>
          « Secrets masqués » : mots de passe, jetons et clés sont remplacés dans la pièce ; l’original reste chez
          l’éditeur, et la fiche donne son empreinte.
        </p>
      </div>
    </div>
  </section>`;
}

function table(title: string, words: readonly Word[]): Html {
  return html`<div class="card">
    <h3>${title}</h3>
    <dl>
      ${words.map(
        (word) =>
          html`<dt>${badge(word)}</dt>
            <dd>${word.meaning}</dd>`,
      )}
    </dl>
  </div>`;
}
