import authorisations from '../authorisations.json' with { type: 'json' };
import type { DmpCall, DmpReply, Transaction } from '../call.ts';
import { malformedReply } from '../replies.ts';
import { ACTIONS, HABILITATIONS, OIDS } from '../vocabulary.ts';
import { OK, operationReply, type OperationStatus, readOrRefuse, recordStatus, refusedStatus } from './operation.ts';
import statuses from './statuses.json' with { type: 'json' };

const NAME = { name: 'setAuthorization', namespace: HABILITATIONS, answerAction: ACTIONS.authorisationAnswer } as const;
const PARAMETERS = [
  { name: 'action', required: true },
  { name: 'role', required: false },
] as const;

/**
 * TD0.3: the professional puts or removes their own authorisation, as treating doctor or not. The patient is the one of
 * the VIHF. Source: protocols.md §2.4; `authorisations.json`.
 */
export const AUTHORISATION: Transaction = {
  name: 'TD0.3',
  service: 'habilitations',
  action: ACTIONS.authorisation,
  payload: { local: 'setAuthorization', namespace: HABILITATIONS },
  answer(call) {
    const read = readOrRefuse(call, PARAMETERS);
    if ('reply' in read) return read.reply;
    const action = read.values.get('action') ?? '';
    const role = read.values.get('role') ?? '';
    if (!authorisations.actions.includes(action))
      return malformedReply(call, `action « ${action.slice(0, 60)} » inconnue`);
    const known = authorisations.roles.find(({ code }) => code === role);
    if (role !== '' && !known) return malformedReply(call, `role « ${role.slice(0, 60)} » inconnu`);
    const refused = refusedStatus(call, true) ?? recordStatus(call) ?? refusedRole(call, known?.profession);
    if (refused) return reply(call, refused, '');
    return action === 'AJOUT' ? add(call, known !== undefined) : remove(call, known !== undefined);
  },
};

function refusedRole({ vihf }: DmpCall, profession: string | undefined): OperationStatus | undefined {
  const [role] = vihf.roles;
  if (profession === undefined || (role?.system === OIDS.profession && role.code === profession)) return undefined;
  return { code: statuses.denied.code, context: 'Seul un médecin peut se déclarer médecin traitant.' };
}

function add(call: DmpCall, treatingDoctor: boolean): DmpReply {
  const { state, vihf, subject } = call;
  const { registry } = state;
  const before = registry.authorisation(subject.ins, vihf.nameId);
  const [, speciality] = vihf.roles;
  registry.authorise(subject.ins, {
    nationalId: vihf.nameId,
    ...(vihf.subjectName !== '' && { name: vihf.subjectName }),
    ...(speciality && { speciality: speciality.code }),
  });
  if (treatingDoctor) registry.setTreatingDoctor(subject.ins, vihf.nameId);
  const context = before === 'valide' && !treatingDoctor ? "L'autorisation est déjà présente." : '';
  const as = treatingDoctor ? ' comme médecin traitant' : '';
  return reply(call, { ...OK, context }, `autorisation posée${as}`);
}

function remove(call: DmpCall, treatingDoctor: boolean): DmpReply {
  const { registry } = call.state;
  const { subject, vihf } = call;
  const before = registry.authorisation(subject.ins, vihf.nameId);
  const doctor = registry.treatingDoctor(subject.ins) === vihf.nameId;
  if (doctor) registry.setTreatingDoctor(subject.ins, undefined);
  // Leaving the role of treating doctor leaves the authorisation itself.
  if (!treatingDoctor) registry.setAuthorisation(subject.ins, vihf.nameId, 'aucune');
  else if (doctor) registry.authorise(subject.ins, { nationalId: vihf.nameId, name: vihf.subjectName });
  const context = before === 'valide' ? '' : "Aucune autorisation n'était présente.";
  return reply(call, { ...OK, context }, treatingDoctor ? 'médecin traitant retiré' : 'autorisation retirée');
}

function reply(call: DmpCall, status: OperationStatus, done: string): DmpReply {
  return operationReply(call, NAME, status, { said: `répondu ${status.code} : ${done}` });
}
