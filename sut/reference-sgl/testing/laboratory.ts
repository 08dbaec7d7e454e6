import { createLaboratory, startServer, type Laboratory, type RunningServer } from '../app/index.ts';
import type { BuiltDocument, SglConfig } from '../model/index.ts';
import type { Channels, Schedule } from '../outbox/index.ts';
import type { RecordServices } from '../record/index.ts';
import type { BuildDocuments } from '../validation/index.ts';
import type { TestPki } from './certificates.ts';

/** Published fictive identities only. */
export function testConfig(pki: TestPki, changes: Partial<SglConfig> = {}): SglConfig {
  const nowhere = 'https://127.0.0.1:9';
  return {
    host: '127.0.0.1',
    port: 0,
    product: { name: 'SGL de référence', version: '1.0.0', editor: 'Éditeur de test' },
    faults: [],
    ca: pki.caFile,
    laboratory: {
      id: '10B0000001',
      finess: '0B0000001',
      name: 'LABORATOIRE TEST',
      sector: 'SA25',
      addressLine: '1 rue du Test',
      postalCode: '75001',
      city: 'PARIS',
      phone: '+33000000000',
      mailbox: 'labo@test.mssante.fr',
    },
    biologist: { nationalId: '899700000001', lastName: 'BLUE', firstName: 'EVA' },
    oidRoot: '1.2.250.1.999.1.1',
    insi: { url: nowhere, idam: 'ABCDEFGHIJ', instance: '6f0c3a52-0000-4000-8000-000000000001', ...pki.client },
    dmp: { base: nowhere, webPs: nowhere, homologation: 'H', sign: pki.client, ...pki.client },
    psc: { issuer: nowhere, discovery: nowhere, clientId: 'sgl', clientSecret: 'secret' },
    mssante: {
      smtp: { host: '127.0.0.1', port: 9 },
      imap: { host: '127.0.0.1', port: 9 },
      user: 'labo',
      password: 'mot-de-passe',
      nil: 'REF-1',
      ...pki.client,
    },
    annuaire: { fhir: nowhere, extraction: nowhere, apiKey: 'cle' },
    timeoutMs: 1_500,
    ...changes,
  };
}

export const SILENT = { info: () => undefined, warn: () => undefined };

/** Channels that send everything, and remember what. */
export function recordingChannels(): Channels & { sent: string[] } {
  const sent: string[] = [];
  return {
    sent,
    testExistence: async () => ({ exists: true, closed: false, detail: 'DMP existant' }),
    async feedDmp(_report, documents) {
      sent.push(...documents.map((document) => `dmp ${document.kind}`));
      return { state: 'transmis', detail: 'Success', references: documents.map((document) => document.id) };
    },
    async sendReport(_report, _documents, recipient) {
      sent.push(`${recipient.kind} ${recipient.address}`);
      return { state: 'transmis', detail: '250', messageId: `<${sent.length}@test>` };
    },
  };
}

export async function fakeDocuments(): Promise<{ n3: BuiltDocument; n1: BuiltDocument; pdf: BuiltDocument }> {
  const document = (kind: BuiltDocument['kind'], id: string, mediaType: string): BuiltDocument => ({
    kind,
    id,
    fileName: kind === 'pdf' ? id : `${kind}.xml`,
    mediaType,
    bytes: Buffer.from(`contenu ${kind}`),
  });
  return {
    n3: document('cda-n3', '1.2.250.1.999.1.3', 'text/xml'),
    n1: document('cda-n1', '1.2.250.1.999.1.1', 'text/xml'),
    pdf: document('pdf', 'cr.pdf', 'application/pdf'),
  };
}

export interface TestLaboratory {
  lab: Laboratory;
  server: RunningServer;
  /** Calls a gesture over the socket. */
  gesture(name: string, input: unknown): Promise<{ status: number; body: Record<string, unknown> }>;
}

export async function startTestLaboratory(
  config: SglConfig,
  parts: {
    channels?: Channels;
    schedule?: Schedule;
    services?: RecordServices;
    build?: BuildDocuments;
    wait?: (ms: number) => Promise<void>;
  } = {},
): Promise<TestLaboratory> {
  const lab = createLaboratory(config, new Set(config.faults), {
    log: SILENT,
    channels: parts.channels ?? recordingChannels(),
    build: parts.build ?? fakeDocuments,
    wait: parts.wait ?? (async () => undefined),
    ...(parts.services && { services: parts.services }),
    ...(parts.schedule && { schedule: parts.schedule }),
  });
  const server = await startServer(lab);
  return {
    lab,
    server,
    async gesture(name, input) {
      const response = await fetch(`${server.base}/gestures/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
  };
}
