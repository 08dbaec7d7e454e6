import type { Laboratory } from '../app/laboratory.ts';
import { selfPresenting } from '../documents/index.ts';
import type { Professional } from '../model/index.ts';
import { Refusal } from '../model/index.ts';
import type { Actor } from '../record/index.ts';
import type { ValidatedReport } from '../validation/index.ts';
import type { GestureInputs } from './types.ts';

type RecordGesture =
  | 'replaceReport'
  | 'deleteReport'
  | 'blockDmp'
  | 'receiveDocument'
  | 'changeDmpDocument'
  | 'feedHistory'
  | 'openDmpWeb'
  | 'recordDmpConsent'
  | 'searchDmp'
  | 'readDmpDocument'
  | 'checkDmpAccess';
type Gestures = { [Name in RecordGesture]: (input: GestureInputs[Name]) => Promise<object> | object };

/** What is done with the shared record (DMP) of a patient. */
export function createRecordGestures(lab: Laboratory): Gestures {
  const { acts } = lab.records;
  const actor = (user: string | undefined): Actor => actorOf(lab, user);
  return {
    async replaceReport({ analyses, user, ...order }) {
      const results = analyses.map(({ code, ...result }) => ({ loinc: code, ...result }));
      return shownReport(await acts.replace({ ...order, results }, actor(user)), lab.faults);
    },
    async deleteReport({ user, ...order }) {
      const who = actor(user);
      if (lab.hospital.holds(order.reportId)) return { message: await lab.hospital.cancel(order.reportId) };
      const { professionals, patient } = lab.outbox.recipientsOf(order.reportId);
      const inDmp = lab.records.fed
        .ofReport(order.reportId)
        .some(({ status }) => status === 'actif' || status === 'archive');
      const mailed = professionals.length > 0 || patient;
      // A report that was mailed only is not in the DMP: its recipients are told all the same.
      const told =
        inDmp || !mailed ? [(await acts.remove(order, who)).message] : [`Compte rendu ${order.reportId} supprimé.`];
      const recipients = await lab.reports.tellDeleted(order.reportId, order.reason, who.person);
      if (recipients.length > 0) told.push(`Destinataires prévenus : ${recipients.join(', ')}.`);
      return { message: told.join(' ') };
    },
    blockDmp: ({ patientId, on, user }) => acts.block(patientId, on, actor(user)),
    async receiveDocument({ user, base64, ...letter }) {
      const { person } = actor(user);
      const bytes = Buffer.from(base64, 'base64');
      const { report } = await lab.reports.receive({ ...letter, bytes, biologist: lab.biologist(), operator: person });
      return { documentId: report.id };
    },
    changeDmpDocument: ({ user, ...order }) => acts.change(order, actor(user)),
    async feedHistory({ user, ...order }) {
      return { documents: await acts.feedHistory(order, actor(user)) };
    },
    openDmpWeb: ({ user, ...order }) => acts.openWeb(order, actor(user)),
    recordDmpConsent: ({ patientId, choice, user }) => acts.consent(patientId, choice, actor(user)),
    searchDmp: ({ patientId, criteria, user }) => acts.search(patientId, criteria, actor(user)),
    readDmpDocument: ({ user, ...order }) => acts.read(order, actor(user)),
    checkDmpAccess: ({ patientId, user }) => acts.check(patientId, actor(user)),
  };
}

/**
 * The user who acts, whom the VIHF names (SC.DMP/AIRS.06): the biologist of the configuration when nobody is named.
 *
 * @throws {Refusal} `UTILISATEUR_SANS_RPPS`: the DMP is not called in the name of somebody else
 */
export function actorOf(lab: Laboratory, user: string | undefined): Actor {
  if (user === undefined) return { user: lab.config.biologist.nationalId, person: lab.biologist() };
  const account = lab.accounts.all().find((one) => one.user === user);
  const person: Professional | undefined = account?.professional ?? lab.accounts.find(user);
  if (person) return { user, person: { ...person, user } };
  throw new Refusal(
    'UTILISATEUR_SANS_RPPS',
    "Cet utilisateur n'a pas de numéro RPPS : le DMP n'est pas appelé en son nom.",
    'Ouvrez-lui un compte avec son numéro RPPS.',
  );
}

/** A report that was validated, or a new version of it. */
export function shownReport({ report, documents }: ValidatedReport, faults: ReadonlySet<string>): object {
  return {
    reportId: report.id,
    documents: [
      documents.n3,
      documents.n1,
      documents.pdf,
      ...(documents.others ?? []),
      selfPresenting(documents.n3, faults),
    ].map(({ kind, id, fileName, bytes, audience }) => ({
      kind,
      id,
      fileName,
      base64: Buffer.from(bytes).toString('base64'),
      ...(audience && { audience }),
    })),
    confidentiality: report.confidentiality ?? {},
  };
}
