import type { TestPatient } from '../population/types.ts';

export interface NumberAnswer {
  /** 13 characters. */
  readonly number: string;
  /** 2 digits. */
  readonly key: string;
  readonly oid: string;
  /** `YYYY-MM-DD`. */
  readonly from?: string;
  readonly to?: string;
}

/** What INSi says of one person: INSACTIF, INSHISTO, TIQ. A trait that is absent is not sent. */
export interface IdentityAnswer {
  readonly active: NumberAnswer;
  readonly history: readonly NumberAnswer[];
  readonly traits: {
    readonly birthName?: string;
    /** First of the first names. */
    readonly firstName?: string;
    /** All of them, separated by a space. */
    readonly firstNames?: string;
    readonly sex?: string;
    readonly birthDate?: string;
    readonly birthPlace?: string;
  };
}

/** Ways in which an answer 00 must not be taken home by the product (rules 11 and 12 of the RNIV guide). */
export type Defect = 'sans-nom' | 'sans-prenom' | 'sans-sexe' | 'naissance-00';

export function isDefect(name: string): name is Defect {
  return name === 'sans-nom' || name === 'sans-prenom' || name === 'sans-sexe' || name === 'naissance-00';
}

/**
 * What INSi answers for a patient of the population.
 * @param defect scripted for this call; the situation of the patient itself is applied in any case
 * Source: protocols.md §1.4, annex A.1; requirements INS/va1.28 and INS/va1.31.
 */
export function identityOf(patient: TestPatient, defect?: Defect): IdentityAnswer {
  const held = { ...patient, ...patient.insiTraits };
  const has = (name: Defect): boolean => defect === name || patient.situation === name;
  return {
    active: numberOf(patient),
    history: patient.history.map(numberOf),
    traits: {
      ...(!has('sans-nom') && { birthName: held.birthName }),
      ...(!has('sans-prenom') && { firstName: held.firstNames[0] ?? '', firstNames: held.firstNames.join(' ') }),
      ...(!has('sans-sexe') && { sex: held.sex }),
      birthDate: has('naissance-00') ? `${held.birthDate.slice(0, 8)}00` : held.birthDate,
      birthPlace: held.birthPlace,
    },
  };
}

function numberOf(item: { ins: string; oid: string; from?: string; to?: string }): NumberAnswer {
  return {
    number: item.ins.slice(0, 13),
    key: item.ins.slice(13),
    oid: item.oid,
    ...(item.from !== undefined && { from: item.from }),
    ...(item.to !== undefined && { to: item.to }),
  };
}
