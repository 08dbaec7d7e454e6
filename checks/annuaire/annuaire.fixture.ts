import { httpExchange } from '#formats/exchange/exchange.fixture.ts';
import type { HttpExchange, RawHeader } from '#formats/exchange/index.ts';
import type { ImportReport } from './index.ts';

export const BASE = 'https://annuaire.test/fhir/v2';
export const KEY: RawHeader = ['ESANTE-API-KEY', 'cle-de-test-0001'];
export const MAILBOX = 'lena.med-test@medecin.mssante.test';

export interface Call {
  readonly url?: string;
  readonly method?: string;
  readonly headers?: readonly RawHeader[];
  readonly requestBody?: string;
  readonly status?: number;
  readonly body?: unknown;
  readonly bytes?: Uint8Array;
  readonly disposition?: string;
  readonly answerHeaders?: readonly RawHeader[];
  /** Milliseconds after the first call of the test. */
  readonly at?: number;
  /** No answer came. */
  readonly cut?: boolean;
}

/** An exchange with the directory: a search of one practitioner, unless the call says otherwise. */
export function exchange(call: Call = {}): HttpExchange {
  return httpExchange({
    service: 'annuaire',
    operation: 'search',
    startedAt: new Date(Date.parse('2026-01-05T10:00:00Z') + (call.at ?? 0)).toISOString(),
    request: {
      method: call.method ?? 'GET',
      url: call.url ?? `${BASE}/Practitioner?identifier=899900000029&_count=50`,
      headers: call.headers ?? [KEY],
      body: Buffer.from(call.requestBody ?? ''),
    },
    ...(call.cut === true
      ? {}
      : {
          response: {
            status: call.status ?? 200,
            headers: [
              ...(call.answerHeaders ?? []),
              ...(call.disposition === undefined ? [] : [['Content-Disposition', call.disposition] as const]),
            ],
            body: call.bytes ?? Buffer.from(JSON.stringify(call.body ?? bundle())),
          },
        }),
  });
}

/** A published mailbox. */
export function telecom(address: string, redList = false): unknown {
  return {
    system: 'email',
    value: address,
    extension: [
      {
        url: 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-contact-point-email-type',
        valueCoding: { code: 'MSSANTE' },
      },
      {
        url: 'https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-ext-mailbox-mss-metadata',
        extension: [{ url: 'listeRouge', valueBoolean: redList }],
      },
    ],
  };
}

/** A searchset of one practitioner and a role. */
export function bundle(options: { active?: boolean; redList?: boolean; next?: string } = {}): unknown {
  const { active = true, redList = false, next } = options;
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    link: next === undefined ? [] : [{ relation: 'next', url: next }],
    entry: [
      { resource: { resourceType: 'Practitioner', id: '1', active, telecom: [telecom(MAILBOX, redList)] } },
      { resource: { resourceType: 'PractitionerRole', id: '2', practitioner: { reference: 'Practitioner/1' } } },
    ],
  };
}

export const ROWS =
  'Identification nationale PP|Nom d’exercice|\n899900000029|MED-TEST|\r\n899900000037|AUTRE-TEST|\n\n';
/** The text of two professionals, downloaded. */
export const EXTRACTION: Call = {
  url: 'https://annuaire.test/services/extraction/PS_LibreAcces_Personne_activite_202601050000.txt',
  headers: [],
  bytes: Buffer.from(ROWS),
};
export const REPORT: ImportReport = { read: 2, created: 2, updated: 0, rejected: 0, report: '2 lignes lues' };
