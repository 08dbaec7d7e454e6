import { Refusal, SglError, type SglConfig } from '../model/index.ts';
import { httpsExchange } from '../net/index.ts';
import { shareableIns } from '../identity/index.ts';
import type { Actor, RecordDeps } from './types.ts';

/** What the browser of the user is sent to. */
export interface WebRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Paths of the web access to the DMP, TD0.9 (protocols.md §3); `[INS]` follows when a patient is concerned. */
const PATHS = {
  accueil: 'TableauDeBord',
  existence: 'TableauDeBord',
  dossier: 'DossierPatient',
  gestion: 'GestionDMPPatient',
  documents: 'Documents',
  parcours: 'ParcoursDeSoins',
  historique: 'HistoriqueAcces',
  parametrages: 'Parametrages',
  volontes: 'VolontesEtDroits',
  vaccination: 'CarnetVaccination',
} as const;
export type WebPage = keyof typeof PATHS;
const WITHOUT_PATIENT: ReadonlySet<WebPage> = new Set(['accueil', 'parametrages']);

/**
 * Where the browser of the user goes to open a page of the DMP: a plain GET, the INS of the patient and nothing else.
 * The user shows who he is there. Not for an identity that is not qualified (DMP/va1.02), nor for a patient who is
 * opposed to the reading of his record.
 *
 * @throws {Refusal} `IDENTITE_NON_QUALIFIEE`, `CONSULTATION_OPPOSEE`, `PATIENT_ATTENDU`
 */
export async function openWeb(
  order: { patientId?: string; page: WebPage },
  actor: Actor,
  deps: RecordDeps,
): Promise<{ request: WebRequest }> {
  const { config, faults, journal, now } = deps;
  const { page, patientId } = order;
  const path = faults.has('dmp-web-chemin-minuscule')
    ? `accesdirect/${PATHS[page].toLowerCase()}`
    : `AccesDirect/${PATHS[page]}`;
  const base = config.dmp.webPs.replace(/\/$/, '');
  const url = `${base}/${path}${WITHOUT_PATIENT.has(page) ? '' : `/${insOf(patientId, deps)}`}`;
  journal.add({
    at: now(),
    user: actor.user,
    ...(patientId !== undefined && { patientId }),
    action: 'TD0.9',
    outcome: 'reussite',
    message: `Page « ${page} » du DMP ouverte dans le navigateur.`,
  });
  const traits = patientId === undefined ? undefined : deps.patients.get(patientId).traits;
  const told = traits && faults.has('dmp-web-traits') ? `?nom=${encodeURIComponent(traits.birthName)}` : '';
  if (faults.has('dmp-web-formulaire')) return { request: { method: 'POST', url, body: `page=${page}` } };
  const request = { method: 'GET' as const, url: `${url}${told}` };
  if (faults.has('dmp-web-lu-par-le-logiciel')) await readByItself(request.url, config);
  const from = `https://sgl.test/patients?ins=${url.split('/').at(-1) ?? ''}`;
  return { request: { ...request, ...(faults.has('dmp-web-provenance') && { headers: { referer: from } }) } };
}

/** Only with its fault: the page is asked for by this system, and not by the browser of its user. */
async function readByItself(url: string, { ca, timeoutMs = 15_000 }: SglConfig): Promise<void> {
  const headers = { 'user-agent': 'sgl-de-reference' };
  await httpsExchange({ url, method: 'GET', headers, ca, timeoutMs }).catch(() => undefined);
}

function insOf(patientId: string | undefined, { book, faults, patients }: RecordDeps): string {
  if (patientId === undefined) {
    throw new SglError('PATIENT_ATTENDU', 'Cette page du DMP est celle d’un patient.', 'Choisissez un patient.');
  }
  const patient = patients.get(patientId);
  if (book.of(patient.id).consent === 'opposition' && !faults.has('dmp-consultation-malgre-opposition')) {
    throw new Refusal('CONSULTATION_OPPOSEE', "Le patient s'oppose à la consultation de son DMP.");
  }
  const ins = shareableIns(patient) ?? (faults.has('dmp-web-non-qualifie') ? patient.ins : undefined);
  if (ins === undefined) {
    const message = "L'identité du patient n'est pas qualifiée : son DMP ne peut pas être ouvert.";
    throw new Refusal('IDENTITE_NON_QUALIFIEE', message, 'Qualifiez son identité.');
  }
  if (faults.has('dmp-web-sans-cle')) return ins.matricule.slice(0, 13);
  if (faults.has('dmp-web-numero-local')) return patient.localId;
  return ins.matricule;
}
