import type { Laboratory } from '../app/laboratory.ts';
import { Refusal, type Professional } from '../model/index.ts';
import { displayName } from '../accounts/index.ts';
import { exportHistory } from '../portability/index.ts';
import { requireReadable } from '../record/index.ts';
import { authenticationOf } from './authentication.ts';
import { createMailGestures } from './mail-gestures.ts';
import { actorOf, createRecordGestures, shownReport } from './record-gestures.ts';
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
    registerPatient({ traits, document, deceased, user }) {
      const patient = lab.patients.register(traits, userOf(user), document);
      if (deceased === true) patient.deceased = true;
      return { patientId: patient.id, status: patient.status };
    },

    adjustSettings({ identityRole, ...settings }) {
      lab.settings.adjust({ ...settings, ...(identityRole && { role: identityRole }) });
      if (settings.directoryEveryHours !== undefined) lab.directorySchedule.replan();
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

    async validateReport({
      patientId,
      analyses,
      professionals,
      sendToPatient,
      sendToDmp,
      user,
      date,
      author,
      prescriber,
      // The results are structured: the paper of the subcontractor is not attached besides.
      subcontractedReport: _paper,
      ...order
    }) {
      const patient = lab.patients.get(patientId);
      requireAnswer(lab, patientId);
      const confidentiality = order.confidentiality ?? {};
      if (!lab.faults.has('dmp-masquage-et-invisible')) requireReadable(confidentiality);
      const operator = user === undefined ? undefined : actorOf(lab, user).person;
      const at = date === undefined ? undefined : new Date(date);
      const request = lab.requests.receive(patient.id, at ?? lab.now(), prescriber);
      const results = analyses.map(({ code, ...result }) => ({ loinc: code, ...result }));
      lab.requests.enterResults(request.id, results);
      const validated = await lab.reports.validate({
        ...order,
        requestId: request.id,
        biologist: author ? authorOf(lab, author) : lab.biologist(),
        recipients: { professionals, patient: sendToPatient, dmp: sendToDmp },
        ...(operator && { operator }),
        ...(at && { at }),
        texts: lab.settings.current().reportTexts,
        ...(lab.settings.current().reportVersions === 'unique' ? {} : { split: true }),
      });
      return shownReport(validated, lab.faults);
    },

    ...createRecordGestures(lab),
    ...createMailGestures(lab),

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

    exportLoinc({ file }) {
      const { fileName, bytes } = lab.catalogue.export(file);
      return { fileName, base64: Buffer.from(bytes).toString('base64') };
    },
    importLoinc: ({ file, base64 }) => lab.catalogue.import(file, Buffer.from(base64, 'base64')),
    changeLoinc: ({ kind, item, code, label }) => ({ message: lab.catalogue.change(kind, item, code, label) }),

    exportHistory: ({ years }) => exportHistory(lab.reports.list(), years, lab.now(), lab.faults),

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

/** Who wrote a report of the past: known by his number, or by what the report says of him. */
function authorOf(lab: Laboratory, author: NonNullable<GestureInputs['validateReport']['author']>): Professional {
  const { nationalId, lastName, firstName, profession } = author;
  const known = nationalId === undefined ? undefined : lab.accounts.find(nationalId);
  if (known) return known;
  const slug = `${lastName}.${firstName}`
    .normalize('NFD')
    .replace(/[^A-Za-z.]/g, '')
    .slice(0, 40);
  return {
    nationalId: nationalId ?? `3${lab.config.laboratory.finess}/${slug}`,
    lastName,
    firstName,
    ...(profession !== undefined && { profession }),
  };
}
