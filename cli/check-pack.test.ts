import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { change, makeN3 } from '#formats/cda/cda.fixture.ts';
import { writeMiniPack } from '#formats/cda-pack/mini-pack.fixture.ts';
import type { CheckedFile } from './check-files/index.ts';
import { jalon, workFolder } from './testing.ts';

const n3 = makeN3();

function file(content: string): string {
  const path = join(workFolder(), 'cr.xml');
  writeFileSync(path, content);
  return path;
}

async function check(documents: readonly string[], ...options: readonly string[]) {
  const { code, out } = await jalon(
    'check',
    'cda',
    ...documents.map((document) => file(document)),
    ...options,
    '--json',
  );
  return { code, checked: JSON.parse(out) as CheckedFile[] };
}
const layers = (checked: CheckedFile | undefined): readonly string[] =>
  (checked?.findings ?? []).map(({ layer, rule }) => `${layer} ${rule}`);

describe('jalon check cda --pack', () => {
  it('plays every layer in order, on every file, and says which pack judged', async () => {
    const wrong = change(
      change(n3, "<title>Compte rendu d'examens biologiques</title>", '<title>C</title>'),
      '<realmCode code="FR"/>',
      '<realmCode code="BE"/>',
    );
    const { code, checked } = await check([n3, wrong], '--pack', writeMiniPack());
    expect(code).toBe(1);
    expect(checked.map(({ verdict }) => verdict)).toEqual(['conforme', 'non-conforme']);
    expect(layers(checked[0])).toEqual(['schematron FILE-SCOPE']);
    expect(checked[0]?.findings[0]?.received).toMatch(
      /^pack CI-SIS sha256:[0-9a-f]{64} \(10 fichiers\) ; couches jouées : XSD, IHE, .* volet BIO-CR-BIO 2024\.01$/u,
    );
    expect(layers(checked[1]).slice(0, 4)).toEqual([
      'xsd CDA-XSD',
      'schematron CDA-SCH-HEADER',
      'schematron FILE-SCOPE',
      'business CDA-HDR-REALM',
    ]);
  });

  it('says that without a pack the business rules alone were played', async () => {
    const { code, checked } = await check([n3]);
    expect(code).toBe(0);
    expect(checked[0]?.findings.map(({ rule, severity }) => [rule, severity])).toEqual([['FILE-SCOPE', 'info']]);
    expect(checked[0]?.findings[0]?.received).toContain('règles métier seules');
  });

  it('leaves to be verified a document whose model the pack has not, and never green what could not be judged', async () => {
    const unknown = change(n3, 'extension="2024.01"', 'extension="2031.01"');
    const toVerify = await check([unknown], '--pack', writeMiniPack());
    expect([toVerify.code, toVerify.checked[0]?.verdict]).toEqual([0, 'a-verifier']);
    const broken = writeMiniPack({ 'schematrons/profils/IHE.sch': '<schema' });
    const unjudged = await check([n3], '--pack', broken);
    expect([unjudged.code, unjudged.checked[0]?.verdict]).toEqual([4, 'non-verifiable']);
  });

  it('tells the defects of the pack, and does not blame the product for them', async () => {
    const pack = writeMiniPack({
      'schematrons/profils/CI-SIS_Modeles_ANS.sch':
        '<schema xmlns="http://purl.oclc.org/dsdl/schematron"><include href="absent.sch"/></schema>',
    });
    const { code, checked } = await check([n3], '--pack', pack);
    expect(code).toBe(0);
    expect(checked[0]?.findings.map(({ received }) => received)).toContainEqual(
      expect.stringContaining('défaut du pack : « schematrons/profils/absent.sch » est introuvable'),
    );
  });

  it('gives one finding of layer wellformed for what is no XML', async () => {
    const { code, checked } = await check(['<ClinicalDocument'], '--pack', writeMiniPack());
    expect([code, checked[0]?.verdict]).toEqual([1, 'non-verifiable']);
    expect(layers(checked[0])).toEqual(['wellformed CDA-WELLFORMED']);
  });

  it('judges by the XSD what is XML and no CDA', async () => {
    const { checked } = await check(['<a xmlns="urn:hl7-org:v3"/>'], '--pack', writeMiniPack());
    expect(checked[0]?.verdict).toBe('non-verifiable');
    expect(layers(checked[0])).toContain('xsd CDA-XSD');
  });

  it('refuses a folder that is no pack, with what it lacks', async () => {
    const { code, err } = await jalon('check', 'cda', file(n3), '--pack', workFolder());
    expect(code).toBe(3);
    expect(err).toContain('infrastructure/cda/CDA_extended.xsd');
  });
});
