import { SglError, type IdentityDocument, type Result } from '../model/index.ts';
import type { PageContext } from './view.ts';
import { DOCUMENT, STATE, STATUS } from './words.ts';

/** What a form does; the user is then sent to `to`, where `notice` tells what happened. */
type Action = (page: PageContext, text: (name: string) => string) => Promise<Outcome> | Outcome;
interface Outcome {
  to: string;
  notice?: string;
}

const WRONG = 'Corrigez la saisie, puis recommencez.';

/** The forms of the screens, by path; each does what the gesture of the same sense does. */
export const actions: Readonly<Record<string, Action>> = {
  '/patients'({ lab, session }, text) {
    const birthDate = text('birthDate');
    const birthPlace = text('birthPlace').toUpperCase();
    const usedName = text('usedName');
    if (!/^\d{4}-\d{2}-\d{2}$/.test(birthDate)) {
      throw new SglError('DATE_INVALIDE', 'La date de naissance doit être au format AAAA-MM-JJ.', WRONG);
    }
    if (birthPlace !== '' && !/^[0-9A-Z]{5}$/.test(birthPlace)) {
      throw new SglError('COG_INVALIDE', 'Le lieu de naissance est un code à 5 caractères.', WRONG);
    }
    const patient = lab.patients.register(
      {
        birthName: text('birthName'),
        firstNames: text('firstNames').split(','),
        sex: text('sex') === 'M' ? 'M' : 'F',
        birthDate,
        ...(birthPlace && { birthPlace }),
        ...(usedName && { usedName }),
      },
      session.account.nationalId,
    );
    return { to: `/patients/${patient.id}`, notice: `${STATUS[patient.status]} créée.` };
  },

  async '/patients/:id/recherche-ins'({ lab, session, http }) {
    const id = http.req.param('id') ?? '';
    const { message } = await lab.searchIns({ patientId: id, user: session.account.nationalId });
    return { to: `/patients/${id}`, notice: message };
  },

  '/patients/:id/piece'({ lab, session, http }, text) {
    const id = http.req.param('id') ?? '';
    const document = text('document');
    if (!(document in DOCUMENT)) throw new SglError('PIECE_INCONNUE', "Cette pièce n'existe pas.", WRONG);
    const patient = lab.patients.present(id, document as IdentityDocument, session.account.nationalId);
    return { to: `/patients/${id}`, notice: `${STATUS[patient.status]}.` };
  },

  async '/demandes'({ lab, session }, text) {
    const results = [1, 2, 3].filter((row) => text(`code-${row}`) !== '').map((row) => readResult(row, text));
    if (results.length === 0) throw new SglError('RESULTATS_ABSENTS', 'Saisissez au moins une analyse.', WRONG);
    const patient = lab.patients.get(text('patientId'));
    const request = lab.requests.receive(patient.id, lab.now());
    lab.requests.enterResults(request.id, results);
    const professionals = text('professionals')
      .split(/[\s,;]+/)
      .filter((address) => address !== '');
    const wrong = professionals.find((address) => !/^[^\s@<>"]+@[^\s@<>"]+$/.test(address));
    if (wrong !== undefined) throw new SglError('ADRESSE_INVALIDE', 'Une adresse MSSanté est mal formée.', WRONG);
    const { report } = await lab.reports.validate({
      requestId: request.id,
      title: text('title') || "CR d'examens biologiques",
      biologist: session.account,
      recipients: { professionals, patient: text('patient') === 'oui', dmp: text('dmp') === 'oui' },
    });
    return { to: `/comptes-rendus/${report.id}`, notice: 'Compte rendu validé.' };
  },

  async '/envois/:id/relancer'({ lab, http }) {
    const line = await lab.outbox.retry(http.req.param('id') ?? '');
    return { to: '/envois', notice: line ? `${STATE[line.state]}. ${line.detail}` : 'Envoi inconnu.' };
  },

  async '/annuaire/import'({ lab }) {
    const { report } = await lab.directory.import();
    return { to: '/annuaire', notice: report.split('\n', 1)[0] ?? '' };
  },
};

function readResult(row: number, text: (name: string) => string): Result {
  const bounds = { low: text(`low-${row}`), high: text(`high-${row}`) };
  const number = (written: string): number => {
    const value = Number(written.replace(',', '.'));
    if (written !== '' && Number.isFinite(value)) return value;
    throw new SglError('VALEUR_INVALIDE', `Analyse ${row} : valeur ou borne illisible.`, WRONG);
  };
  return {
    loinc: text(`code-${row}`),
    label: text(`label-${row}`) || text(`code-${row}`),
    value: number(text(`value-${row}`)),
    unit: text(`unit-${row}`) || '1',
    ...(bounds.low !== '' && { low: number(bounds.low) }),
    ...(bounds.high !== '' && { high: number(bounds.high) }),
  };
}
