import type { XmlElement } from 'libxml2-wasm';
import { el, textEl } from '../xml/index.ts';
import { NS, readEnvelope, text, unreadable, type Verdict } from './answers.ts';
import { attempt, callDmp, type DmpContext } from './call.ts';

export const AUTHORISATION_ACTION = 'urn:si-dmp-habilitations:HabilitationsEndPoint:setAuthorization';

export function authorisationBody(): string {
  return el('setAuthorization', { xmlns: 'urn:si-dmp-habilitations' }, textEl('action', 'AJOUT'));
}

/**
 * TD0.3: the user puts his own authorisation on the record of the patient, whom only the VIHF names.
 * Source: protocols.md §2.4.
 */
export function authorise(context: DmpContext): Promise<Verdict> {
  const body = authorisationBody();
  return attempt(async () => {
    const answer = await callDmp({ service: 'habilitations', action: AUTHORISATION_ACTION, body }, context);
    return readEnvelope<Verdict>(answer, (soap) => {
      const output = soap.get('hab:setAuthorizationResponse/hab:output', NS) as XmlElement | null;
      const status = output?.get('hab:status', NS);
      if (!output || !status) return unreadable(answer, 'ni setAuthorizationResponse ni erreur SOAP');
      const code = text(status);
      const said = output.get('hab:context', NS);
      const context = said ? text(said) : '';
      if (code === 'DMPOk') return { outcome: 'accepted', detail: `Autorisation posée sur le DMP. ${context}`.trim() };
      const detail = `Le DMP a refusé l'autorisation. ${code} : ${context || 'sans libellé'}`;
      return { outcome: 'refused', detail, transient: false, codes: [code] };
    });
  });
}
