import { randomUUID } from 'node:crypto';
import { authority, newOid, utcTime } from '../documents/index.ts';
import type { Ins, SglConfig } from '../model/types.ts';
import { el, textEl } from '../xml/index.ts';

export const EXISTENCE_ACTION = 'urn:hl7-org:v3:PRPA_IN201307UV02';

/** HL7 v3 query of TD0.2, existence test of the DMP of a patient. Source: protocols.md §2.3. */
export function existenceQuery(ins: Ins, config: SglConfig, at: Date): string {
  const patientIdentifier = el(
    'patientIdentifier',
    {},
    el('value', { root: ins.oid, extension: ins.matricule }),
    textEl('semanticsText', 'Patient.id'),
  );
  const reason = el('reasonCode', { code: 'TEST_EXST', codeSystem: '1.2.250.1.213.1.1.4.11' });
  const parameters = [el('dataSource', { 'xsi:nil': 'true' }), patientIdentifier];
  return hl7Query({ interaction: 'PRPA_IN201307UV02', about: reason, parameters }, config, at);
}

/**
 * Message of a HL7 v3 query to the DMP.
 *
 * @param query `about` comes before the query itself: the reason, or the event
 */
export function hl7Query(
  query: { readonly interaction: string; readonly about: string; readonly parameters: readonly string[] },
  config: SglConfig,
  at: Date,
): string {
  const { interaction, about, parameters } = query;
  const root = newOid(config.oidRoot, 'message');
  const device = (id: string, name: string) =>
    el(
      'device',
      { classCode: 'DEV', determinerCode: 'INSTANCE' },
      el('id', { root: id }),
      textEl('softwareName', name),
    );
  return el(
    interaction,
    {
      xmlns: 'urn:hl7-org:v3',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      ITSVersion: 'XML_1.0',
    },
    el('id', { root, extension: randomUUID() }),
    el('creationTime', { value: utcTime(at) }),
    el('interactionId', { root: '2.16.840.1.113883.1.6', extension: interaction }),
    el('processingCode', { code: 'D' }),
    el('processingModeCode', { code: 'T' }),
    el('acceptAckCode', { code: 'AL' }),
    el('receiver', { typeCode: 'RCV' }, device('1.2.250.1.213.4.1.1.1', 'DMP')),
    el('sender', { typeCode: 'SND' }, device(authority(config.oidRoot, 'product'), config.product.name)),
    el('attentionLine', { 'xsi:nil': 'true' }),
    el(
      'controlActProcess',
      { classCode: 'CACT', moodCode: 'EVN' },
      about,
      el(
        'queryByParameter',
        {},
        el('queryId', { root, extension: randomUUID() }),
        el('statusCode', { code: 'new' }),
        el('parameterList', {}, ...parameters),
      ),
    ),
  );
}
