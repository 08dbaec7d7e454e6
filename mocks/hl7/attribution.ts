import type { Attribution } from '#formats/exchange/index.ts';
import { isIns, readMrg, readPid, type Hl7Identifier, type Hl7Message, type Hl7Person } from '#formats/hl7v2/index.ts';
import { INS_OID } from '#formats/nir/index.ts';
import { normalizeName } from '../population/index.ts';
import { idsOf } from './shelf.ts';
import type { Population, TestPatient } from '../population/types.ts';

/** How many local identifiers are remembered. */
const KEPT = 10_000;
const INS_AUTHORITIES: ReadonlySet<string> = new Set(Object.values(INS_OID));

/** Tells whose each message is. */
export interface Attributions {
  /**
   * By the INS (PID-3, then MRG-1), by a local identifier that an earlier message gave with more, by name and birth date.
   * @param told key of the patient, when the bench itself wrote the message
   */
  of(message: Hl7Message, told?: string): Attribution;
  forget(): void;
}

export function createAttributions(population: Population): Attributions {
  const locals = new Map<string, string>();
  return {
    of(message, told) {
      const person = readPid(message);
      const held = person?.identifiers ?? [];
      const removed = readMrg(message);
      const ins = [...held, ...removed].find(isNational)?.value;
      const named = [...held, ...removed].filter((one) => !isNational(one)).map(localKey);
      const found =
        told ??
        (ins === undefined ? undefined : population.byIns(ins)?.key) ??
        named.map((key) => locals.get(key)).find((key) => key !== undefined) ??
        (person === undefined ? undefined : byName(person, population)?.key);
      if (found !== undefined) {
        for (const key of held.filter((one) => !isNational(one)).map(localKey)) locals.set(key, found);
        while (locals.size > KEPT) locals.delete([...locals.keys().take(1)][0] ?? '');
      }
      const documents = idsOf(message);
      return {
        ...(ins === undefined ? {} : { ins }),
        ...(found === undefined ? {} : { patient: found }),
        ...(documents.length === 0 ? {} : { documentIds: documents }),
      };
    },
    forget: () => locals.clear(),
  };
}

/** By the type or by the authority: a product may have written one of them wrong. */
function isNational(identifier: Hl7Identifier): boolean {
  return identifier.value !== '' && (isIns(identifier) || INS_AUTHORITIES.has(identifier.authority.oid));
}

function localKey({ value, authority }: Hl7Identifier): string {
  return JSON.stringify([authority.oid || authority.name, value]);
}

/** The only one with this birth name and birth date; among twins and homonyms, the one with these first names. */
function byName({ birthName, birthDate }: Hl7Person, { patients }: Population): TestPatient | undefined {
  if (birthName === undefined || birthDate === undefined) return undefined;
  const name = normalizeName(birthName.family);
  const namesakes = patients.filter((one) => one.birthName === name && one.birthDate === birthDate);
  if (namesakes.length <= 1) return namesakes[0];
  const firstNames = birthName.firstNames.map(normalizeName);
  const same = namesakes.filter((one) => one.firstNames.join(' ') === firstNames.join(' '));
  const close = same.length > 0 ? same : namesakes.filter((one) => one.firstNames[0] === firstNames[0]);
  return close.length === 1 ? close[0] : undefined;
}
