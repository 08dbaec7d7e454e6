import { describe, expect, it } from 'vitest';
import { makeN3 } from '#formats/cda/cda.fixture.ts';
import { makeXdmFiles, zip } from '#formats/xdm/xdm.fixture.ts';
import { checkXdmFile } from './index.ts';
import { archiveWith, WRONG_METADATA } from './metadata.fixture.ts';

const N3 = { name: 'CRBIO_3.XML', uniqueId: '1.2.250.1.999.1.3.1' };
const WITHOUT_INS = makeN3().replace(/<id root="1\.2\.250\.1\.213\.1\.4\.10"[^>]*>/, '');

describe('METADATA.XML', () => {
  it.each(WRONG_METADATA)('%s: %s', async (rule, _what, edit, received) => {
    const findings = await checkXdmFile(await archiveWith(edit));
    const found = findings.filter((finding) => finding.rule === rule);
    expect(found.map((finding) => finding.received)).toContain(received);
    for (const { where, severity } of found) {
      expect(where).toMatch(/^IHE_XDM\/SUBSET01\/METADATA\.XML \//);
      expect(severity).toBe('error');
    }
  });

  it('holds the lists of codes of the user against the metadata', async () => {
    const codes = {
      lists: [
        {
          metadata: 'practiceSettingCode',
          name: 'JDV_TEST',
          complete: true,
          systems: ['1.2.250.1.213.1.1.4.9'],
          codes: [{ code: 'ETABLISSEMENT', system: '1.2.250.1.213.1.1.4.9' }],
        },
      ],
      classOfType: [],
      forbiddenTogether: [],
    } as const;
    const findings = await checkXdmFile(await archiveWith((text) => text), { codes });
    expect(findings.map(({ rule, received }) => `${rule} ${received}`)).toEqual([
      'XDM-METADATA-CODE AMBULATOIRE (1.2.250.1.213.1.1.4.9)',
      'XDM-METADATA-CODE AMBULATOIRE (1.2.250.1.213.1.1.4.9)',
    ]);
  });

  it('takes the local number of a patient whose document has no INS', async () => {
    const document = { ...N3, patientId: 'IPP1^^^&1.2.250.1.999.2&ISO^PI' };
    const rules = async (bytes: Uint8Array): Promise<readonly string[]> =>
      (await checkXdmFile(await zip(makeXdmFiles([{ ...document, bytes }])))).map(({ rule }) => rule);
    expect(await rules(Buffer.from(WITHOUT_INS))).not.toContain('XDM-METADATA-PATIENT');
    expect(await rules(Buffer.from(makeN3()))).toContain('XDM-METADATA-PATIENT');
  });

  it('warns about an identifier in two parts, that IHE takes and the DMP does not', async () => {
    const findings = await checkXdmFile(
      await archiveWith((text) => text.replace('value="1.2.250.1.999.9.1"', 'value="1.2.250.1.999.9^1"')),
    );
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([['XDM-METADATA-ID', 'warning']]);
  });
});
