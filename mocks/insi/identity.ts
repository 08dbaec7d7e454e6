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

/** Traits of TIQ. An absent one is not sent; an empty one is sent as an empty element. */
export interface TiqAnswer {
  readonly birthName?: string;
  /** First of the first names. */
  readonly firstName?: string;
  /** All of them, separated by a space. */
  readonly firstNames?: string;
  readonly sex?: string;
  readonly birthDate?: string;
  readonly birthPlace?: string;
}

/** What INSi says of one person: INSACTIF, INSHISTO, TIQ. */
export interface IdentityAnswer {
  readonly active: NumberAnswer;
  readonly history: readonly NumberAnswer[];
  readonly traits: TiqAnswer;
}

/** What INSi holds of a person; a trait that it does not hold is empty. */
export interface HeldTraits {
  readonly birthName: string;
  readonly firstNames: readonly string[];
  readonly sex: string;
  readonly birthDate: string;
  readonly birthPlace: string;
}

type Missing = NonNullable<NonNullable<TestPatient['insiTraits']>['missing']>[number];

/** A way in which an answer 00 must not be taken home by the product (rules 11 and 12 of the RNIV guide). */
export type Defect = Missing | { readonly trait: 'birthDate'; readonly unknown: readonly ('jour' | 'mois')[] };

/** Names of the defects that a scenario may ask for. */
export const DEFECTS: Readonly<Record<string, Defect>> = {
  'sans-nom': { trait: 'birthName', as: 'absent' },
  'sans-nom-vide': { trait: 'birthName', as: 'vide' },
  'sans-prenom': { trait: 'firstNames', as: 'absent' },
  'sans-prenom-vide': { trait: 'firstNames', as: 'vide' },
  'sans-sexe': { trait: 'sex', as: 'absent' },
  'sans-sexe-vide': { trait: 'sex', as: 'vide' },
  'naissance-00': { trait: 'birthDate', unknown: ['jour'] },
  'naissance-mois-00': { trait: 'birthDate', unknown: ['mois'] },
  'naissance-jour-mois-00': { trait: 'birthDate', unknown: ['jour', 'mois'] },
};

/** What INSi holds of a patient: what is typed, unless the population says otherwise. */
export function heldTraits(patient: TestPatient): HeldTraits {
  const { missing = [], ...others } = patient.insiTraits ?? {};
  const held = { ...patient, ...others };
  const lacks = (trait: Missing['trait']): boolean => missing.some((one) => one.trait === trait);
  return {
    birthName: lacks('birthName') ? '' : held.birthName,
    firstNames: lacks('firstNames') ? [] : held.firstNames,
    sex: lacks('sex') ? '' : held.sex,
    birthDate: held.birthDate,
    birthPlace: held.birthPlace,
  };
}

/**
 * What INSi answers for a patient of the population.
 * @param defect scripted for this call, besides those of the patient itself
 * Source: protocols.md §1.4, annex A.1; requirements INS/va1.28 and INS/va1.31.
 */
export function identityOf(patient: TestPatient, defect?: Defect): IdentityAnswer {
  const held = { ...patient, ...patient.insiTraits };
  const missing = [...(patient.insiTraits?.missing ?? []), ...(defect && 'as' in defect ? [defect] : [])];
  const unknown = defect && 'unknown' in defect ? defect.unknown : [];
  const [year = '', month = '', day = ''] = held.birthDate.split('-');
  const sent = (trait: Missing['trait'], values: TiqAnswer): TiqAnswer => {
    const found = missing.findLast((one) => one.trait === trait);
    if (found === undefined) return values;
    return found.as === 'absent' ? {} : Object.fromEntries(Object.keys(values).map((name) => [name, '']));
  };
  return {
    active: numberOf(patient),
    history: patient.history.map(numberOf),
    traits: {
      ...sent('birthName', { birthName: held.birthName }),
      ...sent('firstNames', { firstName: held.firstNames[0] ?? '', firstNames: held.firstNames.join(' ') }),
      ...sent('sex', { sex: held.sex }),
      birthDate: `${year}-${unknown.includes('mois') ? '00' : month}-${unknown.includes('jour') ? '00' : day}`,
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
