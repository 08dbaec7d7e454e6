import { describe, expect, it } from 'vitest';
import { SOAP_11 } from '#formats/soap/index.ts';
import { attribute, descendants } from '#formats/xml/index.ts';
import { type DmpAnswer, faultOf } from '../testing/client.ts';
import { openBench, type SendOptions } from '../testing/bench.ts';
import { envelope, existenceBody, type VihfParts, vihf } from '../testing/messages.ts';
import { bench, useBench } from '../testing/use-bench.ts';
import { ACTIONS } from '../vocabulary.ts';

const SUBJECT_ID = 'urn:oasis:names:tc:xspa:1.0:subject:subject-id';

useBench();

/** Test of existence: the smallest call that needs a VIHF. */
async function exists(parts: Partial<VihfParts>, options: SendOptions = {}): Promise<DmpAnswer> {
  return bench.exists(bench.context.population.draw('nominal'), { ...options, vihf: parts });
}

const accepted = (answer: DmpAnswer): string | undefined => {
  const [acknowledgement] = descendants(answer.payload, 'acknowledgement');
  return acknowledgement && attribute(acknowledgement, 'typeCode');
};

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

describe('VIHF accepted', () => {
  it('indirect, signed by the seal, SHA-256 or SHA-1', async () => {
    expect(accepted(await exists({}))).toBe('AA');
    expect(bench.last().outcome).not.toMatch(/avertissement/);
    expect(accepted(await exists({ sha: 'sha1' }))).toBe('AA');
    expect(bench.last().outcome).toMatch(/avertissement : VIHF signé avec SHA-1/);
  });

  it('direct, signed by the card of the professional, on its own TLS certificate', async () => {
    const direct = { mode: 'DIRECTE', signer: 'CPS-1-SIGN' } as const;
    expect(accepted(await exists(direct, { client: 'CPS-1-AUTH' }))).toBe('AA');
    expect(bench.last().outcome).toMatch(/AuthnContextClassRef en mode DIRECTE : SmartcardPKI est attendu/);
    expect(bench.last().outcome).toMatch(/subject-id n'a pas lieu d'être en mode DIRECTE/);
    const right = { ...direct, authnClass: 'SmartcardPKI', without: SUBJECT_ID };
    expect(accepted(await exists(right, { client: 'CPS-1-AUTH' }))).toBe('AA');
    expect(bench.last().outcome).not.toMatch(/avertissement/);
  });

  it('indirect strengthened, with a declaration of authentication', async () => {
    const answer = await exists({ mode: 'INDIRECTE_RENFORCEE', declaration: 'e-CPS' });
    expect(accepted(answer)).toBe('AA');
    expect(bench.last().outcome).not.toMatch(/avertissement/);
  });

  it('whatever the order in which the issuer is written', async () => {
    const lines = await exists({
      issuer: 'C=FR, ST=Puy-de-Dôme (63), O=LABORATOIRE DE BIOLOGIE TEST, OU=10B0152872, CN=CACHET LABORATOIRE',
    });
    expect(accepted(lines)).toBe('AA');
  });

  it('of version 4.0; a sector that is badly written is told', async () => {
    expect(accepted(await exists({ version: '4.0' }))).toBe('AA');
    expect(bench.last().outcome).not.toMatch(/avertissement/);
    expect(accepted(await exists({ sector: 'SA25' }))).toBe('AA');
    expect(bench.last().outcome).toMatch(/avertissement : Secteur_Activite « SA25 » mal écrit/);
  });

  it('of a non-PS role without speciality', async () => {
    expect(accepted(await exists({ role: 'AUTOMATE' }))).toBe('AA');
  });
});

describe('VIHF refused', () => {
  it.each<[string, Partial<VihfParts>, string, RegExp]>([
    [
      'signed by a TLS certificate',
      { signer: 'ORG_AUTH_CLI' },
      'DMPInvalidCertificate',
      /Not a valid signature certificate/,
    ],
    ['signed under another authority', { signer: 'OTHER-CA' }, 'DMPInvalidCertificate', /autorité inconnue/],
    ['signed by a revoked certificate', { signer: 'REVOKED' }, 'DMPInvalidCertificate', /révoqué/],
    ['signed by an expired certificate', { signer: 'EXPIRED' }, 'DMPInvalidCertificate', /expiré/],
    [
      'changed after its signature',
      { tamper: (xml) => xml.replace('SA25^', 'SA07^') },
      'DMPInvalidCertificate',
      /signature/,
    ],
    [
      'without signature',
      { tamper: (xml) => xml.replace(/<ds:Signature[\s\S]*<\/ds:Signature>/, '') },
      'DMPInvalidCertificate',
      /signature/,
    ],
    ['too old', { issueInstant: ago(600) }, 'DMPInvalidVIHF', /périmé/],
    ['from the future', { issueInstant: ago(-600) }, 'DMPInvalidVIHF', /périmé/],
    ['whose instant is not a date', { issueInstant: 'hier' }, 'DMPInvalidVIHF', /IssueInstant/],
    ['of another issuer', { issuer: 'CN=AUTRE,OU=10B0152872,C=FR' }, 'DMPInvalidVIHF', /émetteur/],
    ['of a doctor without speciality', { speciality: false }, 'DMPInvalidVIHF', /Aucune spécialité/],
    ['of another structure', { structure: '10B0999999' }, 'DMPInvalidVIHF', /personne morale/],
    ['of an unknown mode', { mode: 'AUTRE' }, 'DMPInvalidVIHF', /Authentification_Mode/],
    ['strengthened, without declaration', { mode: 'INDIRECTE_RENFORCEE' }, 'DMPInvalidVIHF', /AuthnContextDecl absent/],
    [
      'strengthened, with an empty declaration',
      { mode: 'INDIRECTE_RENFORCEE', declaration: '' },
      'DMPInvalidVIHF',
      /AuthnContextDecl absent/,
    ],
    [
      'strengthened, of a generic user',
      { mode: 'INDIRECTE_RENFORCEE', declaration: 'e-CPS', nameId: '310B0152872/AUTOMATE' },
      'DMPInvalidVIHF',
      /n'est pas un numéro RPPS ou ADELI/,
    ],
    [
      'strengthened, of a user without profession',
      { mode: 'INDIRECTE_RENFORCEE', declaration: 'e-CPS', role: 'SECRETARIAT_MEDICAL' },
      'DMPInvalidVIHF',
      /profession de santé/,
    ],
    ['of an unknown class of authentication', { authnClass: 'Autre' }, 'DMPInvalidVIHF', /AuthnContextClassRef/],
    ['of an unknown access mode', { purpose: 'curiosite' }, 'DMPInvalidVIHF', /purposeofuse « curiosite »/],
    ['of another version', { version: '2.0' }, 'DMPInvalidVIHF', /VIHF_Version « 2.0 »/],
    ['meant for another service', { urn: 'urn:ROR' }, 'DMPInvalidVIHF', /urn:dmp/],
    ['direct, with the certificates of a structure', { mode: 'DIRECTE' }, 'DMPInvalidVIHF', /personne physique/],
    ['of a product that is not homologated', { homologation: 'AUTRE' }, 'DMPInvalidVIHF', /homologué/],
    [
      'without subject-id in indirect mode',
      { without: 'urn:oasis:names:tc:xspa:1.0:subject:subject-id' },
      'DMPInvalidVIHF',
      /subject-id/,
    ],
    ['without sector', { without: 'Secteur_Activite' }, 'DMPInvalidVIHF', /Secteur_Activite/],
    [
      'without patient',
      { without: 'urn:oasis:names:tc:xacml:2.0:resource:resource-id' },
      'DMPInvalidVIHF',
      /resource-id/,
    ],
  ])('%s', async (_, parts, subcode, reason) => {
    const answer = await exists(parts);
    expect(faultOf(answer)).toMatchObject({ status: 500, code: 'Sender', subcode });
    expect(faultOf(answer).reason).toMatch(reason);
    expect(bench.last()).toMatchObject({ operation: 'TD0.2', expected: true });
  });

  it('absent', async () => {
    const answer = await exists({}, { envelope: { security: '' } });
    expect(faultOf(answer)).toMatchObject({ subcode: 'DMPInvalidVIHF', reason: 'VIHF absent du message.' });
  });

  it('wrapped: a signed assertion beside the one that is read', async () => {
    const patient = bench.context.population.draw('nominal');
    const signed = vihf(bench.caller(patient));
    const forged = signed.replace('ID="_a1"', 'ID="_forged"').replace('SA25^', 'SA07^');
    const security = forged.replace('</saml2:Assertion>', `<saml2:Advice>${signed}</saml2:Advice></saml2:Assertion>`);
    const answer = await bench.exists(patient, { envelope: { security } });
    expect(faultOf(answer)).toMatchObject({ code: 'Sender', subcode: 'DMPInvalidCertificate' });
  });

  it('is attributed to its patient all the same', async () => {
    const patient = bench.context.population.draw('nominal');
    await bench.exists(patient, { vihf: { signer: 'ORG_AUTH_CLI' } });
    expect(bench.last().attribution).toMatchObject({ patient: patient.key, ins: patient.ins });
  });
});

describe('front end', () => {
  it('refuses a connection without certificate, and one with a signature certificate', async () => {
    const patient = bench.context.population.draw('nominal');
    await expect(bench.exists(patient, { client: 'nobody' })).rejects.toThrow();
    await expect(bench.exists(patient, { client: 'EXPIRED' })).rejects.toThrow();
    await expect(bench.exists(patient, { client: 'ORG_SIGN' })).rejects.toThrow();
    expect(bench.context.journal.list().at(-1)?.outcome).toMatch(/n'est pas fait pour s'authentifier en TLS/);
  });

  it('answers ActionNotSupported to an unknown action, and does not expect it', async () => {
    const patient = bench.context.population.draw('nominal');
    const answer = await bench.call('registry', 'urn:ihe:iti:2010:Autre', patient, '<x/>');
    expect(faultOf(answer)).toMatchObject({ code: 'Sender', subcode: 'ActionNotSupported' });
    expect(bench.last().expected).toBe(false);
  });

  it('answers ActionNotSupported on the path of another transaction', async () => {
    const patient = bench.context.population.draw('nominal');
    const answer = await bench.call('habilitations', ACTIONS.existence, patient, existenceBody({ patient }));
    expect(faultOf(answer).subcode).toBe('ActionNotSupported');
  });

  it('refuses a body that is not the one of the action', async () => {
    const patient = bench.context.population.draw('nominal');
    const answer = await bench.call('patients', ACTIONS.existence, patient, '<autre/>');
    expect(faultOf(answer).reason).toContain('PRPA_IN201307UV02');
  });

  it('answers VersionMismatch to SOAP 1.1', async () => {
    const patient = bench.context.population.draw('nominal');
    const answer = await bench.exists(patient, { envelope: { soap: SOAP_11 } });
    expect(faultOf(answer)).toMatchObject({ code: 'VersionMismatch' });
  });

  it('lenient reads SOAP 1.1', async () => {
    const lenient = await openBench('lenient');
    try {
      const patient = lenient.context.population.draw('nominal');
      expect(accepted(await lenient.exists(patient, { envelope: { soap: SOAP_11 } }))).toBe('AA');
    } finally {
      await lenient.close();
    }
  });

  it('the documentation profile takes a class of authentication that was never seen, and notes it', async () => {
    const documentation = await openBench('documentation');
    try {
      const patient = documentation.context.population.draw('nominal');
      const answer = await documentation.exists(patient, { vihf: { authnClass: 'Kerberos' } });
      expect(accepted(answer)).toBe('AA');
      expect(documentation.last().outcome).toMatch(/avertissement : .*Kerberos » jamais vue/);
    } finally {
      await documentation.close();
    }
  });

  it.each(['', '<', '<x/>', 'A'.repeat(1000)])('survives what is not an envelope (%#)', async (body) => {
    const answer = await bench.post('patients', { contentType: 'application/soap+xml', body });
    expect(faultOf(answer)).toMatchObject({ status: 500, code: 'Sender' });
  });

  it.each([
    [
      'a secret connection',
      { secret: 'SECRET' },
      /connexion secrète demandée \(confidentiality-code « SECRET »\) : valeur non/,
    ],
    ['an urgent access', { purpose: 'bris_de_glace' }, /justification de l'accès « bris_de_glace » non jugée/],
  ])('takes %s, whose form is not public, and tells it', async (_, parts, said) => {
    const patient = bench.context.population.draw('nominal');
    expect(accepted(await bench.exists(patient, { vihf: parts }))).toBe('AA');
    expect(bench.last().outcome).toMatch(said);
    await bench.exists(patient);
    expect(bench.last().outcome).not.toMatch(/connexion secrète|justification/);
  });

  it('judges the Content-Type: another media type is refused, that of SOAP 1.1 noted', async () => {
    const patient = bench.context.population.draw('nominal');
    const body = envelope(ACTIONS.existence, vihf(bench.caller(patient)), existenceBody({ patient }));
    const refused = await bench.post('patients', { contentType: 'text/plain', body });
    expect(faultOf(refused)).toMatchObject({
      subcode: 'DMPInvalidRequest',
      reason: expect.stringContaining('text/plain') as string,
    });
    expect(accepted(await bench.post('patients', { contentType: 'text/xml; charset=utf-8', body }))).toBe('AA');
    expect(bench.last().outcome).toMatch(/avertissement : Content-Type text\/xml/);
  });

  it('survives a multipart that is none', async () => {
    const answer = await bench.post('repository', { contentType: 'multipart/related; boundary=x', body: '--y' });
    expect(faultOf(answer)).toMatchObject({ status: 500, code: 'Sender' });
  });

  it('relates its answer to the request, with an id of its own', async () => {
    const patient = bench.context.population.draw('nominal');
    const { envelope: answered } = await bench.exists(patient);
    expect(answered.addressing).toMatchObject({ relatesTo: 'urn:uuid:request-1', action: ACTIONS.existenceAnswer });
    expect(answered.addressing.messageId).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
  });

  it('reads an envelope with other prefixes and declarations', async () => {
    const patient = bench.context.population.draw('nominal');
    const security = vihf(bench.caller(patient));
    const xml = envelope(ACTIONS.existence, security, existenceBody({ patient })).replace(
      '<e:Envelope ',
      '<e:Envelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:unused="urn:x" ',
    );
    const answer = await bench.post('patients', { contentType: 'application/soap+xml', body: xml });
    expect(accepted(answer)).toBe('AA');
  });
});
