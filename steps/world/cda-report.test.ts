import { describe, expect, it } from 'vitest';
import { checkCdaFile, FILE_RULES, OFFICIAL_RULES, packFindings } from '#checks/cda/index.ts';
import { change, makeN3 } from '#formats/cda/cda.fixture.ts';
import { openFolder, openJudge } from '#formats/cda-pack/index.ts';
import { writeMiniPack } from '#formats/cda-pack/mini-pack.fixture.ts';
import { cdaReport } from './cda-report.ts';

const bytes = Buffer.from(makeN3());

describe('the report of a document', () => {
  it('without a pack says what was not played, and claims nothing of it', () => {
    const report = cdaReport(bytes, checkCdaFile(bytes), FILE_RULES);
    expect(report).toContain('ni le schéma XSD ni les schematrons n’ont été joués');
    expect(report).toMatch(/Schéma XSD +non joué/u);
    expect(report).toMatch(/Règles métier du banc +rien à redire/u);
    expect(report).not.toContain('CDA-SCH-');
    expect(report).toContain('CDA-HDR-RECORDTARGET-INS');
  });

  it('with a pack says which, and what each layer found', () => {
    const wrong = Buffer.from(change(makeN3(), '<realmCode code="FR"/>', '<realmCode code="BE"/>'));
    const answer = openJudge(openFolder(writeMiniPack())).judge(wrong);
    const findings = [...checkCdaFile(wrong), ...packFindings(answer, 'N3')];
    const report = cdaReport(wrong, findings, [...FILE_RULES, ...OFFICIAL_RULES], answer);
    expect(report).toMatch(/Pack CI-SIS : SHA-256 [0-9a-f]{64}/u);
    expect(report).toMatch(/Schéma XSD +rien à redire/u);
    expect(report).toMatch(/Schematrons +1 erreur/u);
    expect(report).toContain('CDA-SCH-HEADER (erreur)');
  });
});
