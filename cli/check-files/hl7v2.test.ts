import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { frameMllp } from '#formats/hl7v2/index.ts';
import { HL7V2 } from './hl7v2.ts';
import type { Outcome } from './types.ts';

const folder = mkdtempSync(join(tmpdir(), 'jalon-hl7v2-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
async function judge(content: Uint8Array | string): Promise<Outcome> {
  files += 1;
  const path = join(folder, `${files}.hl7`);
  writeFileSync(path, content);
  const [outcome] = await HL7V2.judge([path], {});
  if (outcome === undefined) throw new Error('no outcome');
  return outcome;
}
const said = ({ findings }: Outcome) => findings.map(({ rule, severity, where }) => `${severity} ${rule} ${where}`);

const HEADER = (type: string, id: string, version: string, profile = '') =>
  `MSH|^~\\&|PFI|CH|SGL|LABO|20260105110000+0100||${type}|${id}|P|${version}|||||FRA|UNICODE UTF-8|${profile}`;
const PID =
  'PID|||42^^^LABO&1.2.250.1.999.1&ISO^PI||PAT-TROIS^DOMINIQUE^DOMINIQUE^^^^L||19790328|F||||||||||||||||||||||||PROV';
const PAM = 'FR||2.11^IHE_FRANCE-2.11-PAM';
const CONSENT = (id: string, zfa = 'ZFA|ACTIF||||||||INO|20260105|IC|20260105') =>
  `${HEADER('ADT^A31^ADT_A05', id, '2.5^FRA^2.11', PAM)}\rEVN||20260105110000\r${PID}\rPV1|1|N\r${zfa}\r`;
const ZAM = (id: string, value = 'Y') =>
  `${HEADER('ZAM^Z01^ZAM_Z01', id, '2.6')}\rOBX|1|CWE|ACK_RECEPTION_DMP^Reçu^AckMetierZAM|M1|${value}^^expandedYes-NoIndicator||||||F\r`;
const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

describe('jalon check hl7v2', () => {
  it('judges each message of a flow by what it is: consents, acknowledgements', async () => {
    expect(said(await judge(CONSENT('A') + ZAM('B') + CONSENT('C')))).toEqual([]);
    const wrong = CONSENT('A', 'ZFA|ACTIF||||||||OUI|20260105|NA|20260105') + ZAM('B', 'N');
    expect(said(await judge(wrong))).toEqual([
      'error HL7-ZFA message 1, ZFA-9 (segment 5)',
      'error HL7-ZFA message 1, ZFA-12 (segment 5)',
      'error HL7-ZAM-ERROR message 2, ERR',
    ]);
  });

  it('reads the blocks of a capture', async () => {
    const dump = Buffer.concat([frameMllp(bytes(CONSENT('A'))), frameMllp(bytes(ZAM('B'))), bytes('\r\n')]);
    expect(said(await judge(dump))).toEqual([]);
    const twice = Buffer.concat([dump, frameMllp(bytes(CONSENT('A', 'ZFA|FERME')))]);
    expect(said(await judge(twice))).toEqual(['error HL7-CONTROL-ID-UNIQUE message 3, MSH-10']);
  });

  it('a message that was sent again, and the same number of another sender, are no breach', async () => {
    const again = CONSENT('A').replace('20260105110000+0100', '20260105110500+0100');
    const answer = CONSENT('A', '').replace('|PFI|CH|', '|SGL|LABO|');
    expect(said(await judge(CONSENT('A') + again + answer))).toEqual([]);
  });

  it('tells of a block that nothing ends, and judges what it holds', async () => {
    const whole = frameMllp(bytes(CONSENT('A')));
    const unended = frameMllp(bytes(ZAM('B', 'O'))).subarray(0, -2);
    expect(said(await judge(Buffer.concat([whole, unended])))).toEqual([
      'info FILE-SCOPE message 2',
      'error HL7-ZAM-LINES message 2, OBX-5.1 (segment 2)',
    ]);
    expect(said(await judge(Buffer.concat([unended, whole])))[0]).toBe('info FILE-SCOPE message 1');
  });

  it('does not judge a block that is cut in the middle of a segment, and is not green of it alone', async () => {
    const whole = frameMllp(bytes(CONSENT('A')));
    const cut = frameMllp(bytes(ZAM('B', 'O'))).subarray(0, -30);
    const outcome = await judge(Buffer.concat([whole, cut]));
    expect(said(outcome)).toEqual(['info FILE-SCOPE message 2']);
    expect(outcome.readable).toBe(true);
    expect(await judge(cut)).toMatchObject({ readable: false, findings: [{ rule: 'FILE-SCOPE' }] });
  });

  it('tells of what lies between the blocks, and of nothing else when it is but line ends', async () => {
    const dump = Buffer.concat([bytes('11:02:03 -> \n'), frameMllp(bytes(CONSENT('A')))]);
    expect(said(await judge(dump))).toEqual(['info FILE-SCOPE fichier']);
  });

  it('a segment cut by a folded base64 is said to be so', async () => {
    const { findings, readable } = await judge(`${CONSENT('A')}PD94bWwg\r`);
    expect(readable).toBe(false);
    expect(findings[0]?.received).toContain('coupe-t-il un champ de ZFA');
  });
});
