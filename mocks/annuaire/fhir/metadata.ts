import { SEARCH_PARAMETERS } from './matchers.ts';
import { RESOURCE_TYPES } from './resources.ts';

/** CapabilityStatement, open without a key. @param date ISO 8601 */
export function capabilityStatement(date: string): Record<string, unknown> {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    publisher: 'Banc de test',
    kind: 'instance',
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        resource: RESOURCE_TYPES.map((type) => ({
          type,
          interaction: [{ code: 'read' }, { code: 'search-type' }],
          searchParam: Object.entries(SEARCH_PARAMETERS[type]).map(([name, { kind }]) => ({ name, type: kind })),
        })),
      },
    ],
  };
}
