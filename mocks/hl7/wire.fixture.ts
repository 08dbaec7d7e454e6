import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import { makeN3 } from '#formats/cda/cda.fixture.ts';
import { mllpReader, readHl7, segment, type Hl7Message } from '#formats/hl7v2/index.ts';
import { createTestContext } from '../testing.ts';
import type { ServiceContext } from '../types.ts';
import { startHl7, type Hl7Options, type Hl7Service } from './index.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

/** A partner that listens, and a first connection to it; both end with the test. */
export async function start(overrides: Partial<ServiceContext> = {}, options: Hl7Options = {}) {
  const context = await createTestContext(overrides);
  const service = await startHl7(context, options);
  cleanups.push(() => service.close());
  return { context, service, socket: await dial(service) };
}

/** One more connection. */
export async function dial(service: Hl7Service): Promise<Socket> {
  const { host, port } = service.addresses.mllp;
  const socket = connect(port, host);
  socket.on('error', () => undefined);
  cleanups.push(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

export interface Header {
  readonly type?: string;
  readonly version?: string;
  readonly id?: string;
  readonly mode?: string;
  readonly profile?: string;
}

let messages = 0;

/** What the volet wants of a message that follows it: one document, seen by all, for the DMP. */
function carried(ins: string): readonly string[] {
  const flags = { MASQUE_PS: 'N', INVISIBLE_PATIENT: 'N', INVISIBLE_REP_LEGAUX: 'N', DESTDMP: 'Y' };
  const metas = Object.entries({ ...flags, DESTMSSANTEPS: 'N', DESTMSSANTEPAT: 'N' });
  const cda = Buffer.from(makeN3({ ins })).toString('base64');
  return [
    'ORC|NW||1',
    'OBR|1||1|11502-2^CR^LN',
    `OBX|1|ED|11502-2^CR^LN||^TEXT^XML^Base64^${cda}||||||F`,
    ...metas.map(
      ([code, value], index) => `OBX|${index + 2}|CE|${code}^x^MetaDMPMSS||${value}^^expandedYes-NoIndicator||||||F`,
    ),
    'PRT||UC||SB^^participation|899900000011^BIO^EVA|||LABO^^^^^^FINEG^^^10B0152872',
  ];
}

/** A report, under a new control id unless one is given. */
export function oru(header: Header = {}, ins = '279035121518989'): Uint8Array {
  messages += 1;
  const { type = 'ORU^R01^ORU_R01', version = '2.5', id = `MSG${messages}`, mode = 'P' } = header;
  const { profile = '2.1^CISIS_CDA_HL7_V2' } = header;
  return new TextEncoder().encode(
    [
      `MSH|^~\\&|SIL|LABO|DPI|HOPITAL|20260105100000||${type}|${id}|${mode}|${version}|||||FRA|UNICODE UTF-8|||${profile}`,
      `PID|1||${ins}^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS~42^^^LABO^PI||PATTEST^ÉLODIE`,
      ...carried(ins),
      '',
    ].join('\r'),
  );
}

/** The next acknowledgement of a connection that goes on. */
export async function nextAck(socket: Socket): Promise<Hl7Message> {
  const reader = mllpReader();
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    const [raw] = reader.push(chunk).messages;
    if (raw === undefined) continue;
    const reading = readHl7(raw);
    if (!reading.ok) throw new Error(reading.fault.message);
    return reading.message;
  }
  throw new Error('closed without an acknowledgement');
}

/** MSA-1 and MSA-2. */
export function msa(ack: Hl7Message): readonly string[] {
  return segment(ack, 'MSA')?.fields.slice(1) ?? [];
}
