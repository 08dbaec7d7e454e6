import type {
  LoneEntry,
  MovedEntry,
  NatureEntry,
  ProofEntry,
  RemDiff,
  RenumberedEntry,
  SlotFacts,
  WordingEntry,
} from '#dsr/rem-diff/index.ts';
import { html, join, type Html, type Insertable } from '../html/index.ts';
import { CLASSES, count, KINDS } from '../words/index.ts';
import { bounded } from './bounded.ts';
import { wordingItem } from './wording.ts';
import { LEVELS, LISTS, listWords, loneText, PLACES, PROOF_CHANGES, renumberingWords } from './words.ts';

const id = (text: string): Html => html`<span class="mono id">${text}</span>`;

/** One requirement that one side only has, with what it asked. */
export function loneTable(entries: readonly LoneEntry[], caption: string): Html {
  return table(
    'lone',
    caption,
    ['Exigence', 'Objet', 'Profil', 'Preuves'],
    entries.map((entry) => [
      id(entry.id),
      html`${entry.nature} · ${bounded(loneText(entry) || 'sans texte dans cette REM')}${related(entry)}`,
      entry.profile,
      entry.slots.length === 0 ? 'aucune' : join(entry.slots.map(id), ', '),
    ]),
  );
}

function related(entry: LoneEntry): Html | false {
  const ids = 'relatedTo' in entry ? (entry.relatedTo as readonly string[]) : [];
  return ids.length > 0 && html` <span class="quiet small">(à rapprocher de ${join(ids.map(id), ', ')})</span>`;
}

/** Texts, requirement by requirement. */
export function wordingList(entries: readonly WordingEntry[]): readonly Html[] {
  const byRequirement = Map.groupBy(entries, (entry) => entry.id);
  return Array.from(
    byRequirement,
    ([requirement, own]) =>
      html`<details class="card" open>
        <summary>
          <h3>${id(requirement)}</h3>
          <span class="quiet small">${own.map(({ level }) => LEVELS[level]).join(', ')}</span>
        </summary>
        <div class="body">${own.map(wordingItem)}</div>
      </details>`,
  );
}

export function renumberedTable(entries: readonly RenumberedEntry[]): Html {
  return table(
    'plain',
    LISTS.renumbered.title,
    ['Avant', 'Après', 'Comment'],
    entries.map((entry) => [
      join(entry.before.map(id), ', '),
      join(entry.after.map(id), ', '),
      renumberingWords(entry),
    ]),
  );
}

export function movedTable(entries: readonly MovedEntry[]): Html {
  return table(
    'plain',
    LISTS.moved.title,
    ['Exigence', 'Quoi', 'Avant', 'Après'],
    entries.flatMap((entry) =>
      entry.fields.map((field) => [
        id(entry.id),
        PLACES[field],
        html`<del>${bounded(entry.before[field] ?? '')}</del>`,
        html`<ins>${bounded(entry.after[field] ?? '')}</ins>`,
      ]),
    ),
  );
}

export function natureTable(entries: readonly NatureEntry[]): Html {
  return table(
    'plain',
    LISTS.natureChanged.title,
    ['Exigence', 'Avant', 'Après'],
    entries.map(({ id: requirement, before, after }) => [
      id(requirement),
      html`<del>${before}</del>`,
      html`<ins>${after}</ins>`,
    ]),
  );
}

export function proofTable(entries: readonly ProofEntry[]): Html {
  return table(
    'proofs',
    LISTS.proofsChanged.title,
    ['Exigence', 'Numéro', 'Changement', 'Avant', 'Après'],
    entries.map((entry) => [
      id(entry.id),
      html`${entry.level === 'scenario' ? 'scénario' : 'preuve'} ${id(entry.target)}`,
      html`${entry.changes.map((change) => PROOF_CHANGES[change]).join(', ')}${
        entry.text !== '' && html`<span class="block quiet small text">${bounded(entry.text)}</span>`
      }`,
      facts(entry.before),
      facts(entry.after),
    ]),
  );
}

/** What a slot asks for, in words: `vidéo, journal (banc) ; cas 2`. */
export function factsWords(given: SlotFacts): string {
  const kinds = given.kinds.map((kind) => KINDS[kind]).join(', ') || 'pièce non précisée';
  const choice =
    given.alternatives.length > 0
      ? ` (au choix : ${given.alternatives.map((set) => set.map((kind) => KINDS[kind]).join(' et ')).join(' ou ')})`
      : '';
  const maker = Object.entries(CLASSES).find(([name]) => name === given.evidenceClass)?.[1].label ?? '';
  return [`${kinds}${choice}`, maker, given.condition].filter((part) => part !== '').join(' ; ');
}

function facts(given: SlotFacts | null): Insertable {
  return given === null ? '' : factsWords(given);
}

/** Roles are said since a narrow screen shows rows one under the other, which takes them from the elements. */
function table(
  kind: 'lone' | 'proofs' | 'plain',
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Insertable[])[],
): Html {
  const cell = (content: Insertable, place: number): Html =>
    place === 0
      ? html`<th scope="row" role="rowheader" data-label="${heads[0] ?? ''}">${content}</th>`
      : html`<td role="cell" data-label="${heads[place] ?? ''}">${content}</td>`;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table role="table" class="${kind}">
      <caption>
        ${count(rows.length, 'ligne')}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${heads.map((head) => html`<th scope="col" role="columnheader">${head}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map(
          (cells) =>
            html`<tr role="row">
              ${cells.map(cell)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The body of one list. */
export function listBody(diff: RemDiff, list: keyof typeof LISTS): Insertable {
  switch (list) {
    case 'silentlyRemoved':
    case 'added':
    case 'obsoleted':
      return loneTable(diff[list], listWords(list, diff).title);
    case 'reworded':
    case 'typographyOnly':
      return wordingList(diff[list]);
    case 'natureChanged':
      return natureTable(diff.natureChanged);
    case 'proofsChanged':
      return proofTable(diff.proofsChanged);
    case 'renumbered':
      return renumberedTable(diff.renumbered);
    case 'moved':
      return movedTable(diff.moved);
  }
}
