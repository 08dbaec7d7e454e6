import fhir from '../data/fhir.json' with { type: 'json' };
import { SEARCH_PARAMETERS } from './parameters.ts';
import { RESOURCE_TYPES, type ResourceType } from './resources.ts';

/** CapabilityStatement, open without a key. @param date ISO 8601 */
export function capabilityStatement(date: string): Record<string, unknown> {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    publisher: 'Banc de test',
    kind: 'instance',
    software: { name: 'Annuaire Santé (banc de test)' },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        resource: RESOURCE_TYPES.map((type) => ({
          type,
          interaction: [{ code: 'read' }, { code: 'search-type' }],
          searchInclude: fhir.includes.filter((path) => path.startsWith(`${type}:`)),
          searchRevInclude: fhir.revincludes.filter((path) => targets(path, type)),
          searchParam: Object.entries(SEARCH_PARAMETERS[type]).map(([name, { kind }]) => ({ name, type: kind })),
        })),
      },
    ],
  };
}

/** Whether a reverse inclusion brings resources to this type. */
function targets(path: string, type: ResourceType): boolean {
  const [from = '', name = ''] = path.split(':');
  return RESOURCE_TYPES.some((one) => one === from && SEARCH_PARAMETERS[one][name]?.target === type);
}
