import type { Laboratory } from '../app/laboratory.ts';
import { Refusal } from '../model/index.ts';
import { displayName } from '../accounts/index.ts';
import { authenticationOf, Unsupported } from './authentication.ts';
import { accountState, readState, summaryOf } from './read-state.ts';
import type { GestureInputs } from './types.ts';

/** A screen shows no more, and asks for other criteria. */
const MAX_FOUND = 200;

type Gestures = { [Name in keyof GestureInputs]: (input: GestureInputs[Name]) => Promise<object> | object };

/** What each gesture does, in the words of its input. Failures are thrown as {@link SglError}. */
export function createGestures(lab: Laboratory): Gestures {
  /** A gesture need not name its user: the biologist of the configuration acts then, whoever is logged in. */
  const { biologist } = lab.config;
  const userOf = (named?: string): string => named ?? biologist.nationalId;

  return {
    registerPatient({ traits, document, user }) {
      const patient = lab.patients.register(traits, userOf(user), document);
      return { patientId: patient.id, status: patient.status };
    },

    adjustSettings({ identityRole, ...settings }) {
      lab.settings.adjust({ ...settings, ...(identityRole && { role: identityRole }) });
      return { accepted: true };
    },

    findPatients(criteria) {
      return { patients: lab.patients.search(criteria).slice(0, MAX_FOUND).map(summaryOf) };
    },

    searchIns({ patientId, card, authentication, user }) {
      const by = authenticationOf(lab.config, authentication);
      return lab.searchIns({ patientId, user: userOf(user), ...(card && { card }), ...by });
    },

    validateIdentity({ patientId, document, user }) {
      requireAnswer(lab, patientId);
      return { status: lab.patients.present(patientId, document, userOf(user)).status };
    },

    verifyIns({ patientIds, mode, authentication, user }) {
      const by = authenticationOf(lab.config, authentication);
      return lab.verifyIns({ patientIds, bulk: mode === 'masse', user: userOf(user), ...by });
    },

    flagIdentity({ patientId, flag, on, user }) {
      return { status: lab.patients.change(patientId, { kind: 'attribut', flag, on }, userOf(user)).status };
    },

    modifyIdentity({ patientId, changes, as, user }) {
      const before = lab.patients.get(patientId);
      const after = lab.patients.change(patientId, { kind: 'modification', changes, as }, userOf(user));
      const lost = before.ins && !after.ins ? ' Le matricule INS et son OID sont retirés.' : '';
      const status = before.status === after.status ? '' : ` L'identité passe au statut « ${after.status} ».`;
      return { status: after.status, message: `Identité modifiée.${lost}${status}` };
    },

    receiveIdentityFeed: () => lab.hl7.listen(),

    async sendHl7Message({ patientId, user }) {
      return { controlId: (await lab.hl7.send(patientId, userOf(user))).controlId };
    },

    async createAccount(input) {
      const { account, message } = await lab.accounts.open(input);
      return { account: accountState(account), message };
    },

    async validateReport({ patientId, title, analyses, professionals, sendToPatient, sendToDmp, ...more }) {
      if (more.status ?? more.confidentiality ?? more.date ?? more.author ?? more.user) {
        throw new Unsupported('Ce logiciel ne valide que des comptes rendus complets, du jour et visibles de tous.');
      }
      const patient = lab.patients.get(patientId);
      requireAnswer(lab, patientId);
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

/** Only with its fault: the local work stops after a call that gave nothing, until INSi answers. @throws {Refusal} `INSI_ATTENDU` */
function requireAnswer(lab: Laboratory, patientId: string): void {
  const last = lab.insiJournal.list(patientId).at(-1);
  if (last === undefined || !lab.faults.has('ins-bloque-apres-echec') || /^(0\d|OK|KO)$/.test(last.returned)) return;
  throw new Refusal('INSI_ATTENDU', "INSi n'a pas répondu : le dossier est bloqué.", 'Réessayez plus tard.');
}
