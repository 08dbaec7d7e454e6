import type { Laboratory } from '../app/laboratory.ts';
import type { Ins } from '../model/index.ts';
import { displayName } from '../sessions/index.ts';
import type { GestureInputs } from './types.ts';

/** What the system knows, as its pages show it. @throws {SglError} for an unknown patient or report */
export function readState(lab: Laboratory, input: GestureInputs['readState']): object {
  switch (input.what) {
    case 'patient': {
      const { id, traits, status, ins, insHistory } = lab.patients.get(input.patientId);
      const user = lab.config.biologist.nationalId;
      lab.traces.add({ at: lab.now(), user, patientId: id, kind: 'consultation', detail: 'lecture de la fiche' });
      const number = ins && { ins: ins.matricule, oid: ins.oid };
      return { patient: { patientId: id, traits, status, ...number, history: insHistory.map(numberOf) } };
    }
    case 'insi-calls': {
      const calls = lab.insiJournal.list(input.patientId);
      return {
        calls: calls.map(({ at, user, patientId, operation, returned, message }) => ({
          at: at.toISOString(),
          user,
          patientId,
          operation,
          returned,
          message,
        })),
      };
    }
    case 'transmissions': {
      const { report } = lab.reports.get(input.reportId);
      return {
        transmissions: lab.outbox.list(report.id).map(({ channel, recipient, state, detail, references }) => ({
          channel,
          recipient,
          state,
          detail,
          references,
        })),
      };
    }
    case 'sessions':
      return {
        sessions: lab.sessions.list().map(({ account, means, since }) => ({
          user: account.nationalId,
          nationalId: account.nationalId,
          name: displayName(account),
          means,
          since: since.toISOString(),
        })),
      };
  }
}

function numberOf(ins: Ins): { ins: string; oid: string } {
  return { ins: ins.matricule, oid: ins.oid };
}
