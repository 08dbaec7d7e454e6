import type { Ins, Patient } from '../model/index.ts';

/**
 * The identity that a report and everything made from it will carry: the one held now, which a later correction must not
 * change, but for the faults.
 */
export function identityAsSent(patient: Patient, faults: ReadonlySet<string>): Patient {
  const held = structuredClone(patient);
  if (held.status === 'recuperee' && faults.has('ins-transmet-recuperee')) held.status = 'qualifiee';
  if (held.ins) held.ins = numberAsSent(held.ins, held.insHistory, faults);
  if (faults.has('ins-envoie-nom-tronque')) held.traits.birthName = held.traits.birthName.slice(0, 5).trim();
  return held;
}

function numberAsSent(active: Ins, history: readonly Ins[], faults: ReadonlySet<string>): Ins {
  const { matricule, oid } = (faults.has('ins-envoie-historique') ? history[0] : undefined) ?? active;
  const production = oid.endsWith('.10') && faults.has('ins-envoie-oid-production');
  const asNir = oid.endsWith('.11') && faults.has('ins-envoie-nia-en-nir');
  return {
    matricule: faults.has('ins-envoie-sans-cle') ? matricule.slice(0, 13) : matricule,
    oid: production ? oid.replace(/\.10$/, '.8') : asNir ? oid.replace(/\.11$/, '.10') : oid,
  };
}
