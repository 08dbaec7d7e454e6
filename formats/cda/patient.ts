import { at, attribute, child } from '../xml/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { INS_OID } from '../nir/index.ts';
import type { CdaId, CdaPatient } from './types.ts';
import { HL7_V3, located, optional, readIds, readTelecoms, when } from './values.ts';

const INS_ROOTS: readonly string[] = Object.values(INS_OID);

/** Reads recordTarget; an absent element gives an empty patient placed on the document. Source: CI-SIS, §8.3 of the facts. */
export function readPatient(document: XmlElement): CdaPatient {
  const target = child(document, 'recordTarget', HL7_V3);
  const role = target ? child(target, 'patientRole', HL7_V3) : undefined;
  const patient = role ? child(role, 'patient', HL7_V3) : undefined;
  const ids = readIds(role);
  const nameParts = patient ? readNameParts(child(patient, 'name', HL7_V3)) : [];
  const part = (name: string, ...qualifiers: (string | undefined)[]): string | undefined =>
    nameParts.find((one) => one.part === name && qualifiers.includes(one.qualifier) && one.value !== '')?.value;
  const sex = patient ? child(patient, 'administrativeGenderCode', HL7_V3) : undefined;
  const birthTime = patient ? child(patient, 'birthTime', HL7_V3) : undefined;
  const county = patient ? at(patient, 'birthplace', 'place', 'addr', 'county')?.text.trim() : undefined;
  return {
    ...located(role ?? target ?? document),
    ...when('ins', ids.find(isIns)),
    ids,
    telecoms: readTelecoms(role),
    ...when('birthName', part('family', 'BR')),
    ...when('firstNames', part('given', undefined)),
    ...when('firstFirstName', part('given', 'BR')),
    ...when('usedName', part('family', 'CL', 'SP')),
    ...when('usedFirstName', part('given', 'CL', 'SP')),
    ...when('birthDate', birthTime ? attribute(birthTime, 'value', '') : undefined),
    ...when('sex', sex ? attribute(sex, 'code', '') : undefined),
    ...when('birthPlace', county === '' ? undefined : county),
    nameParts,
    ...when('patientPath', patient?.path),
  };
}

function readNameParts(name: XmlElement | undefined): CdaPatient['nameParts'] {
  return (name?.children ?? []).flatMap((node) =>
    node.kind === 'element' && node.name.namespace === HL7_V3
      ? [
          {
            ...located(node),
            part: node.name.local,
            value: node.text.replace(/\s+/g, ' ').trim(),
            ...optional(node, 'qualifier'),
          },
        ]
      : [],
  );
}

function isIns(id: CdaId): id is CdaId & { readonly extension: string } {
  return INS_ROOTS.includes(id.root) && id.extension !== undefined;
}
