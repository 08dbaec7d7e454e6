import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createTestContext } from '../testing.ts';
import { startAnnuaire, type AnnuaireOptions, type RunningAnnuaire } from './index.ts';

export interface Resource {
  readonly resourceType: string;
  readonly id: string;
  readonly active: boolean;
  readonly meta: { readonly lastUpdated: string };
  readonly name?: readonly { readonly family: string; readonly given: readonly string[] }[];
  readonly telecom?: readonly { readonly value: string; readonly rank: number }[];
  readonly organization?: { readonly reference: string };
}
export interface Bundle {
  readonly resourceType: string;
  readonly total?: number;
  readonly link: readonly { readonly relation: string; readonly url: string }[];
  readonly entry?: readonly { readonly resource: Resource; readonly search: { readonly mode: string } }[];
}

/** A running directory, and how a product calls it. */
export interface Called {
  readonly context: Awaited<ReturnType<typeof createTestContext>>;
  readonly running: RunningAnnuaire;
  call(path: string, init?: RequestInit): Promise<Response>;
  search(path: string): Promise<Bundle>;
  /** Follows the `next` links to the end; gives the ids of what matched, in order. */
  everyId(path: string): Promise<readonly string[]>;
  next(bundle: Bundle): string | undefined;
  close(): Promise<void>;
}

/** Opens the directory with its clock, which a test may hold. */
export async function openAnnuaire(
  overrides: Parameters<typeof createTestContext>[0] = {},
  options: AnnuaireOptions = {},
): Promise<Called> {
  const context = await createTestContext(overrides);
  setDefaultCACertificates([...getCACertificates('default'), context.pki.caPem]);
  const running = await startAnnuaire(context, options);
  const { fhir, apiKey } = running.addresses;
  const call = (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers({ Accept: 'application/fhir+json' });
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    headers.set('ESANTE-API-KEY', apiKey);
    return fetch(path.startsWith('https') ? path : `${fhir}/${path}`, { ...init, headers });
  };
  const search = async (path: string): Promise<Bundle> => {
    const answer = await call(path);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Bundle;
  };
  const next = (bundle: Bundle) => bundle.link.find(({ relation }) => relation === 'next')?.url;
  return {
    context,
    running,
    call,
    search,
    next,
    async everyId(path) {
      const seen: string[] = [];
      for (let link: string | undefined = path; link !== undefined;) {
        const bundle: Bundle = await search(link);
        for (const { resource, search: why } of bundle.entry ?? []) if (why.mode === 'match') seen.push(resource.id);
        link = next(bundle);
      }
      return seen;
    },
    async close() {
      await running.close();
      await context.close();
    },
  };
}
