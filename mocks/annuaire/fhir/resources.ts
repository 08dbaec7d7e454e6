import { labelOf } from '../labels.ts';
import type {
  AnnuaireDesk,
  DirectoryActivity,
  DirectoryMailbox,
  DirectoryPerson,
  DirectoryStructure,
} from '../types.ts';

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

/** Every resource of the directory, in its order. Value shapes: protocols.md §6. */
export function makeResources(desk: Pick<AnnuaireDesk, 'directory' | 'updatedAt'>): readonly FhirResource[] {
  const meta = {
    lastUpdated: desk.updatedAt.toISOString().replace('Z', '+00:00'),
    source: 'https://annuaire.sante.fr',
  };
  const { people, structures } = desk.directory;
  const organizationOf = new Map(structures.map((one) => [one.structure.id, `Organization/${one.id}`]));
  return [
    ...people.map((person) => practitioner(person, meta)),
    ...people.flatMap((person) =>
      person.activities.map((one) => practitionerRole(person, one, organizationOf.get(one.structure.id) ?? '', meta)),
    ),
    ...structures.map((one) => organization(one, meta)),
  ];
}

function practitioner(person: DirectoryPerson, meta: FhirResource['meta']): FhirResource {
  return {
    resourceType: 'Practitioner',
    id: person.id,
    meta,
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

function practitionerRole(
  person: DirectoryPerson,
  activity: DirectoryActivity,
  organizationReference: string,
  meta: FhirResource['meta'],
): FhirResource {
  return {
    resourceType: 'PractitionerRole',
    id: activity.id,
    meta,
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

function organization(one: DirectoryStructure, meta: FhirResource['meta']): FhirResource {
  const { structure } = one;
  return {
    resourceType: 'Organization',
    id: one.id,
    meta,
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
