import type { Situation } from '../situations/types.ts';
import type { MssanteDesk } from './types.ts';

/**
 * Takes a situation about a mailbox, named by its address or, for a patient, by the key of the patient.
 * @param address as given by the product; undefined for everybody
 */
export function takeSituation(
  desk: MssanteDesk,
  address: string | undefined,
  among: readonly string[],
): Situation | undefined {
  const { situations } = desk.context;
  const patient = address === undefined ? undefined : desk.directory.find(address)?.patient;
  return (
    (patient === undefined ? undefined : situations.take('mssante', patient, among)) ??
    situations.take('mssante', address?.toLowerCase(), among)
  );
}
