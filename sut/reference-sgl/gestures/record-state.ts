import type { Laboratory } from '../app/laboratory.ts';
import type { RecordTrace } from '../record/index.ts';

/** What this system knows of the DMP of a patient. @throws {SglError} for an unknown patient */
export function recordState({ patients, records, faults }: Laboratory, patientId: string): object {
  const { id } = patients.get(patientId);
  const { lastCheck, integrated, ...known } = records.book.of(id);
  return {
    patientId: id,
    ...known,
    ...(lastCheck && { lastCheck: { ...lastCheck, at: lastCheck.at.toISOString() } }),
    fed: faults.has('dmp-versement-non-montre')
      ? []
      : records.fed
          .list(id)
          .map(({ hash: _hash, patientId: _patient, at, ...fed }) => ({ ...fed, at: at.toISOString() })),
    integrated: integrated.map(({ uniqueId, title, origin, at, user }) => ({
      uniqueId,
      title,
      origin,
      at: at.toISOString(),
      user,
    })),
  };
}

export function recordTrace({ at, ...trace }: RecordTrace): object {
  return { at: at.toISOString(), ...trace };
}
