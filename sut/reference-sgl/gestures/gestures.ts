import type { Laboratory } from '../app/laboratory.ts';
import { displayName } from '../sessions/index.ts';
import { readState } from './read-state.ts';
import type { GestureInputs } from './types.ts';

type Gestures = { [Name in keyof GestureInputs]: (input: GestureInputs[Name]) => Promise<object> | object };

/** What each gesture does, in the words of its input. Failures are thrown as {@link SglError}. */
export function createGestures(lab: Laboratory): Gestures {
  /** A gesture need not name its user: the biologist of the configuration acts then, whoever is logged in. */
  const { biologist } = lab.config;
  const userOf = (named?: string): string => named ?? biologist.nationalId;

  return {
    registerPatient({ traits }) {
      const patient = lab.patients.register(traits, userOf());
      return { patientId: patient.id, status: patient.status };
    },

    searchIns: ({ patientId, user }) => lab.searchIns(patientId, userOf(user)),

    validateIdentity({ patientId, document }) {
      return { status: lab.patients.present(patientId, document, userOf()).status };
    },

    async validateReport({ patientId, title, analyses, professionals, sendToPatient, sendToDmp }) {
      const patient = lab.patients.get(patientId);
      const request = lab.requests.receive(patient.id, lab.now());
      const results = analyses.map(({ code, ...result }) => ({ loinc: code, ...result }));
      lab.requests.enterResults(request.id, results);
      const { report, documents } = await lab.reports.validate({
        requestId: request.id,
        title,
        biologist: lab.accounts.find(biologist.nationalId) ?? biologist,
        recipients: { professionals, patient: sendToPatient, dmp: sendToDmp },
      });
      return {
        reportId: report.id,
        documents: [documents.n3, documents.n1, documents.pdf].map(({ kind, id, fileName, bytes }) => ({
          kind,
          id,
          fileName,
          base64: Buffer.from(bytes).toString('base64'),
        })),
      };
    },

    login: () => ({ url: `${lab.base}/connexion/psc` }),

    async logout({ user }) {
      const mine = lab.sessions
        .list()
        .filter(({ account }) => account.nationalId === user || displayName(account) === user);
      for (const session of mine) lab.sessions.close(session.id);
      const idToken = mine.findLast((session) => session.idToken !== undefined)?.idToken;
      return idToken === undefined ? {} : { url: (await lab.psc.endSession(idToken, `${lab.base}/`)).href };
    },

    importDirectory: () => lab.directory.import(),

    async searchMailbox(criteria) {
      return { mailboxes: await lab.directory.searchMailbox(criteria) };
    },

    readState: (input) => readState(lab, input),
  };
}
