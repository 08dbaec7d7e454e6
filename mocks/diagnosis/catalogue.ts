import insi from '../insi/operations.json' with { type: 'json' };
import expected from './expected.json' with { type: 'json' };
import type { ExpectedOperation } from './types.ts';

interface ExpectedFile {
  readonly operations: readonly ExpectedOperation[];
}

/** INSi: one address for all operations (protocols.md §1.1). */
const INSI: readonly ExpectedOperation[] = Object.values(insi.operations).map(({ name, action, element }) => ({
  service: 'insi',
  listener: 'insi',
  operation: name,
  method: 'POST',
  path: '/lps',
  contentTypes: ['application/soap+xml'],
  action,
  body: element,
}));

/** Every operation that the HTTP listeners of the bench expect. */
export const EXPECTED_OPERATIONS: readonly ExpectedOperation[] = [...INSI, ...(expected as ExpectedFile).operations];
