import { labelOf } from '../labels.ts';
import type { DirectoryActivity, DirectoryMailbox, DirectoryPerson, DirectoryStructure } from '../types.ts';

/** A FHIR resource as it is sent; what the search needs is typed, the rest is JSON. */
export interface FhirResource {
  readonly resourceType: ResourceType;
  readonly id: string;
  readonly meta: { readonly lastUpdated: string; readonly source: string };
  readonly active: boolean;
  readonly identifier?: readonly { readonly system: string; readonly value: string; readonly type?: Concept }[];
  readonly telecom?: readonly { readonly system: string; readonly value: string }[];
  readonly [element: string]: unknown;
}

/** Resources the mock holds data for; the real service knows HealthcareService and Device too, empty here. */
export const RESOURCE_TYPES = [
  'Device',
  'HealthcareService',
  'Organization',
  'Practitioner',
  'PractitionerRole',
] as const;
export type ResourceType = (typeof RESOURCE_TYPES)[number];

export interface Concept {
  readonly coding: readonly { readonly system: string; readonly code: string; readonly display?: string }[];
}

const nos = (table: string): string => `https://mos.esante.gouv.fr/NOS/${table}/FHIR/${table.replace('_', '-')}`;
const concept = (system: string, code: string, display?: string): Concept => ({
  coding: [{ system, code, ...(display === undefined ? {} : { display }) }],
});
const IDENTIFIER_TYPE = 'https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203';
const AS_EXTENSION = 'https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition';

/** Value shapes of the three kinds of resource: protocols.md §6. */
function metaOf({ updatedAt }: { readonly updatedAt: Date }): FhirResource['meta'] {
  return { lastUpdated: updatedAt.toISOString().replace('Z', '+00:00'), source: 'https://annuaire.sante.fr' };
}

/** A person: identifiers, name, own mailboxes, profession and speciality. */
export function practitioner(person: DirectoryPerson): FhirResource {
  return {
    resourceType: 'Practitioner',
    id: person.id,
    meta: metaOf(person),
    active: person.active,
    identifier: [
      {
        type: concept(IDENTIFIER_TYPE, 'IDNPS'),
        system: 'urn:oid:1.2.250.1.71.4.2.1',
        value: person.nationalId,
      },
      { type: concept(IDENTIFIER_TYPE, 'RPPS'), system: 'https://rpps.esante.gouv.fr', value: person.rpps },
    ],
    name: [
      {
        family: person.lastName,
        given: [person.firstName],
        prefix: [person.civility],
        suffix: [person.title],
      },
    ],
    ...telecomOf(person.mailboxes),
    qualification: [
      {
        code: {
          coding: [
            ...concept(nos('TRE_G15-ProfessionSante'), person.profession, labelOf('profession', person.profession))
              .coding,
            ...concept(nos('TRE_R09-CategorieProfessionnelle'), 'C', 'Civil').coding,
          ],
        },
      },
      ...(person.speciality === ''
        ? []
        : [
            {
              code: concept(
                nos('TRE_R38-SpecialiteOrdinale'),
                person.speciality,
                labelOf('speciality', person.speciality),
              ),
            },
          ]),
    ],
  };
}

/** An activity of a person in a structure, with the mailboxes of that activity. */
export function practitionerRole(
  person: DirectoryPerson,
  activity: DirectoryActivity,
  organizationReference: string,
): FhirResource {
  return {
    resourceType: 'PractitionerRole',
    id: activity.id,
    meta: metaOf(person),
    active: activity.active,
    identifier: [
      {
        system: 'https://annuaire.sante.fr/activite',
        value: activity.id,
      },
    ],
    practitioner: { reference: `Practitioner/${person.id}` },
    organization: { reference: organizationReference },
    code: [
      concept(nos('TRE_R22-GenreActivite'), 'GENR01', 'Activité standard de soin ou de pharmacien'),
      concept(nos('TRE_R23-ModeExercice'), 'L', 'Libéral, indépendant, artisan, commerçant'),
      concept(nos('TRE_R21-Fonction'), 'FON-01', 'Titulaire de cabinet'),
    ],
    ...telecomOf(activity.mailboxes),
  };
}

/** A structure, with its organisational and applicative mailboxes. */
export function organization(one: DirectoryStructure): FhirResource {
  const { structure } = one;
  return {
    resourceType: 'Organization',
    id: one.id,
    meta: metaOf(one),
    active: one.active,
    identifier: [
      { type: concept(IDENTIFIER_TYPE, 'FINEG'), system: 'https://finess.esante.gouv.fr', value: structure.finess },
      { type: concept(IDENTIFIER_TYPE, 'IDNST'), system: 'urn:oid:1.2.250.1.71.4.2.2', value: structure.id },
    ],
    type: [
      {
        extension: [{ url: `${AS_EXTENSION}/as-ext-organization-types`, valueCode: 'secteurActiviteRASS' }],
        ...concept(nos('TRE_R02-SecteurActivite'), structure.sector, labelOf('sector', structure.sector)),
      },
    ],
    name: structure.name,
    ...telecomOf(one.mailboxes),
    address: [{ city: structure.city, postalCode: structure.postalCode, country: 'FR' }],
  };
}

function telecomOf(mailboxes: readonly DirectoryMailbox[]): Pick<FhirResource, 'telecom'> {
  return mailboxes.length === 0 ? {} : { telecom: mailboxes.map(telecom) };
}

function telecom(mailbox: DirectoryMailbox) {
  return {
    extension: [
      {
        url: 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-contact-point-email-type',
        valueCoding: { system: nos('TRE_R256-TypeMessagerie'), code: 'MSSANTE' },
      },
      {
        url: `${AS_EXTENSION}/as-ext-mailbox-mss-metadata`,
        extension: [
          { url: 'type', valueCodeableConcept: concept(nos('TRE_R257-TypeBAL'), mailbox.type) },
          { url: 'description', valueString: mailbox.description },
          { url: 'digitization', valueBoolean: mailbox.digitization },
          { url: 'listeRouge', valueBoolean: false },
        ],
      },
    ],
    system: 'email',
    value: mailbox.address,
    rank: mailbox.rank,
  };
}
