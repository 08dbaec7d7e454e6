import { escapeXml } from '#formats/xml/index.ts';
import type { TestPatient } from '../../population/types.ts';
import type { StoredDocument } from '../types.ts';
import type { Requested, WebPsCheck } from './requested.ts';

/** What the site shows for a request. */
export type Display =
  /** The page; `said`: state of the record. */
  | { readonly kind: 'shown'; readonly said?: string }
  /** An error page with a way back to the dashboard. */
  | { readonly kind: 'refused'; readonly said: string }
  /** The user must first put an authorisation. */
  | { readonly kind: 'confirmation' }
  /** The user has several places of exercise. */
  | { readonly kind: 'choice' }
  /** Not an address of direct access. */
  | { readonly kind: 'unknown'; readonly said: string };

export interface PageContent {
  readonly requested: Requested;
  readonly checks: readonly WebPsCheck[];
  readonly title: string;
  readonly display: Display;
  readonly patient: TestPatient | undefined;
  readonly documents: readonly StoredDocument[];
  /** Patients who authorised somebody: what the dashboard lists. */
  readonly authorised: readonly TestPatient[];
}

/** One page: what the real site would show there, then what was asked and what the bench found of it. */
export function renderPage(content: PageContent): string {
  const { requested, checks, title, display } = content;
  const heading = display.kind === 'refused' ? 'Dossier inaccessible' : title;
  return html(heading, `${mainPart(content)}${askedPart(requested)}${checksPart(checks)}`);
}

function mainPart(content: PageContent): string {
  const { display, requested, patient } = content;
  const { ins } = requested;
  const here = `/AccesDirect/${escapeXml(requested.page)}${ins === undefined ? '' : `/${escapeXml(ins)}`}`;
  switch (display.kind) {
    case 'unknown':
      return `<p role="alert">${escapeXml(display.said)}</p>`;
    case 'refused':
      return (
        `<p role="alert">${escapeXml(display.said)} : cette page ne peut pas être affichée.</p>` +
        `<p><a href="/AccesDirect/TableauDeBord/${escapeXml(ins ?? '')}">Retour au tableau de bord</a></p>`
      );
    case 'confirmation':
      return (
        `<p>Vous n'avez pas encore d'autorisation d'accès au DMP de ce patient.</p>` +
        `<p><a href="${here}">Le patient est d'accord : poser mon autorisation et continuer</a></p>`
      );
    case 'choice':
      return (
        `<p>Choisissez la situation d'exercice dans laquelle vous agissez.</p>` +
        `<ul><li><a href="${here}">Situation 1</a></li><li><a href="${here}">Situation 2</a></li></ul>`
      );
    case 'shown': {
      const identity = patient
        ? `<p>${escapeXml(patient.birthName)} ${escapeXml(patient.firstNames.join(' '))}, ${patient.sex}, ${born(patient)}</p>`
        : '';
      const status = display.said === undefined ? '' : `<p role="status">${escapeXml(display.said)}</p>`;
      return `${ins === undefined ? '' : `<p>INS ${escapeXml(ins)}</p>`}${identity}${status}${listPart(content)}`;
    }
  }
}

function listPart({ requested, documents, authorised }: PageContent): string {
  const { page, ins } = requested;
  if (ins !== undefined) return page === 'TableauDeBord' ? '' : table(documents);
  if (page !== 'TableauDeBord') return '';
  const rows = authorised.map(
    (one) =>
      `<li><a href="/AccesDirect/DossierPatient/${escapeXml(one.ins)}">${escapeXml(one.birthName)} ${escapeXml(one.firstNames[0] ?? '')}</a></li>`,
  );
  return rows.length === 0 ? '<p>Aucun DMP autorisé.</p>' : `<ul>${rows.join('')}</ul>`;
}

function askedPart({ page, ins, query, userAgent, referer }: Requested): string {
  const rows: readonly (readonly [string, string])[] = [
    ['Page demandée', page],
    ['INS reçu', ins ?? 'aucun'],
    ['Paramètres de requête', query === '' ? 'aucun' : query],
    ['Navigateur (User-Agent)', userAgent === '' ? 'absent' : userAgent],
    ['Page précédente (Referer)', referer === '' ? 'absente' : referer],
  ];
  const lines = rows.map(
    ([name, value]) => `<tr><th scope="row">${escapeXml(name)}</th><td>${escapeXml(value.slice(0, 500))}</td></tr>`,
  );
  return `<section><h2>Ce qui a été demandé</h2><table><caption>Appel contextuel reçu</caption><tbody>${lines.join('')}</tbody></table></section>`;
}

function checksPart(checks: readonly WebPsCheck[]): string {
  const lines = checks.map(({ id, title, ok, received, expected }) => {
    const found = ok ? '' : ` Reçu : ${received.slice(0, 500)}. Attendu : ${expected.slice(0, 500)}.`;
    return `<li><strong>${ok ? 'Conforme' : 'Non conforme'}</strong> ${id} : ${escapeXml(title)}${escapeXml(found)}</li>`;
  });
  return `<section><h2>Contrôles</h2><ul>${lines.join('')}</ul></section>`;
}

function table(documents: readonly StoredDocument[]): string {
  if (documents.length === 0) return '<p>Aucun document.</p>';
  const rows = documents
    .map(
      (document) =>
        `<tr><td>${escapeXml(document.title)}</td><td>${escapeXml(document.typeCode)}</td>` +
        `<td>${escapeXml(shownTime(document.submissionTime))}</td>` +
        `<td>${document.status === 'Approved' ? 'En vigueur' : 'Remplacé'}</td><td>${escapeXml(document.uniqueId)}</td></tr>`,
    )
    .join('');
  return (
    `<table><caption>Documents (${documents.length})</caption><thead><tr><th scope="col">Titre</th><th scope="col">Type</th>` +
    `<th scope="col">Soumis le (UTC)</th><th scope="col">État</th><th scope="col">Identifiant</th></tr></thead>` +
    `<tbody>${rows}</tbody></table>`
  );
}

function born(patient: TestPatient): string {
  const [year, month, day] = patient.birthDate.split('-');
  return `né${patient.sex === 'F' ? 'e' : ''} le ${day ?? ''}/${month ?? ''}/${year ?? ''}`;
}

/** `20260105100000` as `05/01/2026 10:00`. */
function shownTime(time: string): string {
  const match = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2}))?/.exec(time);
  if (!match) return time;
  const [, year, month, day, hour, minute] = match;
  return `${day}/${month}/${year}${hour === undefined ? '' : ` ${hour}:${minute}`}`;
}

function html(title: string, body: string): string {
  return (
    `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>${escapeXml(title)} - Web-PS DMP (banc)</title></head>` +
    `<body><main><h1>${escapeXml(title)}</h1>${body}</main></body></html>`
  );
}
