import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attribute, descendants } from '#formats/xml/index.ts';
import { send } from '../../insi/testing.ts';
import { createTestContext } from '../../testing.ts';
import type { ServiceContext } from '../../types.ts';
import { readAnswer, registryOf } from '../testing/client.ts';
import { type Caller, cdaOf, envelope, feeding, retrieveBody, vihf } from '../testing/messages.ts';
import { ACTIONS } from '../vocabulary.ts';

const MB = 1024 * 1024;
/** Three messages are fed, 153 MB in all: one of them at a time, and the decoded form of the one in BASE64. */
const MOST_TO_FEED = 190;
/** An answer is written whole: the document, the package, and the copies that Fetch makes of it. */
const MOST_TO_READ = 450;

let context: ServiceContext & { close(): Promise<void> };
let folder: string;
let child: ReturnType<typeof spawn>;
let lines: AsyncIterator<string>;
let base: string;

beforeAll(async () => {
  context = await createTestContext();
  folder = mkdtempSync(join(tmpdir(), 'jalon-large-'));
  const script = fileURLToPath(new URL('../testing/large-bench.ts', import.meta.url));
  child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  lines = createInterface({ input: child.stdout ?? process.stdin })[Symbol.asyncIterator]();
  ({ base } = JSON.parse(String((await lines.next()).value)) as { base: string });
}, 60_000);

afterAll(async () => {
  child.stdin?.end();
  if (child.exitCode === null) await once(child, 'exit');
  rmSync(folder, { recursive: true, force: true });
  await context.close();
});

async function peakMegabytes(): Promise<number> {
  child.stdin?.write('\n');
  const line = String((await lines.next()).value);
  return (JSON.parse(line) as { peakKilobytes: number }).peakKilobytes / 1024;
}

/** A report that carries its PDF: one text of tens of megabytes. */
function large(cda: string, size: number): string {
  const text = 'JVBERi0x'.repeat(size / 8);
  return cda.replace(
    '</ClinicalDocument>',
    `<component><nonXMLBody><text mediaType="application/pdf" representation="B64">${text}</text></nonXMLBody></component></ClinicalDocument>`,
  );
}

describe('TD2.1 of 50 MB', () => {
  it('passes, binary or BASE64, is read back, and is never held many times', async () => {
    const [professional] = context.population.professionals;
    const patient = context.population.draw('nominal');
    if (!professional) throw new Error('no professional');
    const caller: Caller = {
      pki: context.pki,
      patient,
      professional,
      structure: context.population.laboratory.id,
      now: new Date(),
    };
    const post = async (message: { contentType: string; body: string | Uint8Array }) =>
      readAnswer(await send(`${base}/repository`, context.pki, { client: 'ORG_AUTH_CLI', ...message }));
    const feed = (rank: number, cda: (oid: string) => string, edit = (body: Buffer): Buffer => body) => {
      const documentOid = `1.2.250.1.999.9.${rank}`;
      const { contentType, body } = feeding(caller, {
        lotOid: `1.2.250.1.999.8.${rank}`,
        documentOid,
        cda: cda(documentOid),
      });
      return post({ contentType, body: edit(Buffer.from(body.buffer, body.byteOffset, body.byteLength)) });
    };
    expect(registryOf(await feed(1, (oid) => cdaOf(patient, oid))).errors).toEqual([]);
    const before = await peakMegabytes();

    const heavy = (oid: string): string => large(cdaOf(patient, oid), 50 * MB);
    expect(registryOf(await feed(2, heavy)).errors).toEqual([]);
    expect(registryOf(await feed(3, heavy)).errors).toEqual([]);
    const inBase64 = (body: Buffer): Buffer => {
      const start = body.indexOf('\r\n\r\n', body.indexOf('document:1@test>')) + 4;
      const end = body.lastIndexOf('\r\n--');
      const head = body
        .subarray(0, start)
        .toString()
        .replace(/binary(\r\nContent-ID: <document:1@test>)/, 'base64$1');
      return Buffer.concat([
        Buffer.from(head),
        Buffer.from(body.subarray(start, end).toString('base64')),
        body.subarray(end),
      ]);
    };
    const lighter = (oid: string): string => large(cdaOf(patient, oid), 40 * MB);
    expect(registryOf(await feed(4, lighter, inBase64)).errors).toEqual([]);

    expect((await peakMegabytes()) - before).toBeLessThan(MOST_TO_FEED);

    const security = vihf(caller);
    for (const [rank, size] of [
      [2, 50],
      [4, 40],
    ] as const) {
      const oid = `1.2.250.1.999.9.${rank}`;
      const body = envelope(ACTIONS.retrieve, security, retrieveBody(oid));
      const answer = await post({ contentType: 'application/soap+xml', body });
      const [include] = descendants(answer.payload, 'Include');
      const content = answer.mtom?.find((include && attribute(include, 'href')) ?? '')?.content;
      expect(Buffer.from(content ?? []).equals(Buffer.from(large(cdaOf(patient, oid), size * MB)))).toBe(true);
    }
    expect((await peakMegabytes()) - before).toBeLessThan(MOST_TO_READ);

    const bodies = readdirSync(folder).filter((name) => name.includes('TD2.1') && name.endsWith('.request.bin'));
    expect(bodies).toHaveLength(4);
    expect(readFileSync(join(folder, bodies[1] ?? '')).length).toBeGreaterThan(50 * MB);
  }, 120_000);
});
