import { SglError, type Result } from '../model/index.ts';
import { CORRECT, type Action } from './action.ts';
import { MAIL_ACTIONS } from './mail-actions.ts';
import { PATIENT_ACTIONS } from './patient-actions.ts';
import { SITE_ACTIONS } from './site-actions.ts';
import { STATE } from './words.ts';

/** The forms of the screens, by path; each does what the gesture of the same sense does. */
export const actions: Readonly<Record<string, Action>> = {
  ...PATIENT_ACTIONS,
  ...SITE_ACTIONS,
  ...MAIL_ACTIONS,

  async '/demandes'({ lab, session }, { text }) {
    const results = [1, 2, 3].filter((row) => text(`code-${row}`) !== '').map((row) => readResult(row, text));
    if (results.length === 0) throw new SglError('RESULTATS_ABSENTS', 'Saisissez au moins une analyse.', CORRECT);
    const patient = lab.patients.get(text('patientId'));
    const request = lab.requests.receive(patient.id, lab.now());
    lab.requests.enterResults(request.id, results);
    const professionals = text('professionals')
      .split(/[\s,;]+/)
      .filter((address) => address !== '');
    const wrong = professionals.find((address) => !/^[^\s@<>"]+@[^\s@<>"]+$/.test(address));
    if (wrong !== undefined) throw new SglError('ADRESSE_INVALIDE', 'Une adresse MSSanté est mal formée.', CORRECT);
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
    throw new SglError('VALEUR_INVALIDE', `Analyse ${row} : valeur ou borne illisible.`, CORRECT);
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
