import { escapeXml } from '#formats/xml/index.ts';
import type { TestPatient } from '../../population/types.ts';
import type { DmpStatus, StoredDocument } from '../types.ts';

/** Pages that a product opens with the INS of its patient. Source: protocols.md §3. */
export const PAGES = {
  TableauDeBord: 'Tableau de bord',
  DossierPatient: 'Dossier du patient',
  Documents: 'Documents',
} as const;

export type PageName = keyof typeof PAGES;

export interface PageContent {
  readonly page: PageName;
  readonly ins: string;
  readonly status: DmpStatus;
  readonly patient: TestPatient | undefined;
  readonly documents: readonly StoredDocument[];
}

const STATUS: Readonly<Record<DmpStatus, string>> = {
  actif: 'DMP existant et actif',
  inexistant: 'Aucun DMP pour ce patient',
  ferme: 'DMP fermé',
};

/** The page of a patient; on another page than the dashboard, a record that cannot be shown gives an error page. */
export function renderPage(content: PageContent): string {
  const { page, status, documents, patient } = content;
  if (page !== 'TableauDeBord' && status !== 'actif') return renderUnavailable(content);
  const identity = patient
    ? `<p>${escapeXml(patient.birthName)} ${escapeXml(patient.firstNames.join(' '))}, ${patient.sex}, ${born(patient)}</p>`
    : '';
  const listed = page === 'TableauDeBord' ? '' : table(documents);
  const links =
    status === 'actif'
      ? `<nav><a href="/AccesDirect/DossierPatient/${escapeXml(content.ins)}">Dossier</a> <a href="/AccesDirect/Documents/${escapeXml(content.ins)}">Documents</a></nav>`
      : '';
  return html(
    PAGES[page],
    `<p>INS ${escapeXml(content.ins)}</p>${identity}<p role="status">${STATUS[status]}</p>${links}${listed}`,
  );
}

function renderUnavailable({ ins, status }: PageContent): string {
  return html(
    'Dossier inaccessible',
    `<p role="alert">${STATUS[status]} : cette page ne peut pas être affichée.</p>` +
      `<p><a href="/AccesDirect/TableauDeBord/${escapeXml(ins)}">Retour au tableau de bord</a></p>`,
  );
}

/** An address that is not a direct access. */
export function renderNotFound(reason: string): string {
  return html('Adresse inconnue', `<p role="alert">${escapeXml(reason)}</p>`);
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
