import { descendants } from '#formats/xml/index.ts';
import { vihfOf } from '../../vihf/index.ts';
import { envelopeBytes, dmpRequestOf } from '../transaction.ts';
import { readDmpCall } from '../series/calls.ts';
import data from './consultation.json' with { type: 'json' };
import { placeIn, type JudgedConsultation } from './types.ts';

const SAML2 = 'urn:oasis:names:tc:SAML:2.0:assertion';

/** Mode of the VIHF of each reading (DMP/AIRS.03). */
export function checkAir({ exchanges, report }: JudgedConsultation): void {
  for (const exchange of exchanges.filter((one) => readDmpCall(one).reads)) {
    const vihf = vihfOf(envelopeBytes(dmpRequestOf(exchange)));
    if (vihf === undefined) continue;
    const declared = descendants(vihf.assertion, 'AuthnContextDecl', SAML2).some(({ text }) => text.trim() !== '');
    if (data.airModes.includes(vihf.mode.toUpperCase()) && declared) continue;
    report.add('DMP-AIR-MODE', {
      where: placeIn(exchange, vihf.path),
      received: `Authentification_Mode ${vihf.mode || 'absent'}, AuthnContextDecl ${declared ? 'présent' : 'absent'}`,
      expected: 'Authentification_Mode INDIRECTE_RENFORCEE et AuthnContextDecl',
      remedy: 'Consultez en authentification indirecte renforcée : dites comment l’utilisateur a prouvé son identité.',
    });
  }
}
