import { at, attribute, type XmlElement } from '#formats/xml/index.ts';
import type { Breach } from '../report/index.ts';
import { isOid } from './identifiers.ts';
import { utc } from './metadata.ts';

const DMP_DEVICE = '1.2.250.1.213.4.1.1.1';

/** Attribute at the end of a path of elements; empty when something on the way is absent. */
export function valueAt(e: XmlElement | undefined, ...path: string[]): string {
  const name = path.pop() ?? '';
  const found = e && at(e, ...path);
  return (found && attribute(found, name, '')) ?? '';
}

/** What the wrapper of a HL7 v3 query to the DMP has wrong, creationTime left out. Source: protocols.md §2.3. */
export function wrapperBreaches(message: XmlElement, transaction: string): readonly Breach[] {
  const rows: readonly (readonly [string, string, RegExp, string])[] = [
    ['@ITSVersion', valueAt(message, 'ITSVersion'), /^XML_1\.0$/, 'XML_1.0'],
    ['id/@root', valueAt(message, 'id', 'root'), /^[0-2](?:\.\d+)+$/, 'un OID'],
    ['id/@extension', valueAt(message, 'id', 'extension'), /./, 'un identifiant de message'],
    [
      'interactionId/@root',
      valueAt(message, 'interactionId', 'root'),
      /^2\.16\.840\.1\.113883\.1\.6$/,
      '2.16.840.1.113883.1.6',
    ],
    ['processingCode/@code', valueAt(message, 'processingCode', 'code'), /^[DTP]$/, 'D, T ou P'],
    ['processingModeCode/@code', valueAt(message, 'processingModeCode', 'code'), /^T$/, 'T'],
    ['acceptAckCode/@code', valueAt(message, 'acceptAckCode', 'code'), /^AL$/, 'AL'],
  ];
  return rows
    .filter(([, received, form]) => !form.test(received))
    .map(([name, received, , expected]) => ({
      where: `${message.path}/${name}`,
      received: received || 'absent',
      expected,
      remedy: `Renseignez ${name} comme le prévoit ${transaction}.`,
    }));
}

export function creationTimeBreaches(message: XmlElement): readonly Breach[] {
  const time = valueAt(message, 'creationTime', 'value');
  if (!Number.isNaN(utc(time))) return [];
  return [
    {
      where: `${message.path}/creationTime/@value`,
      received: time || 'absent',
      expected: 'AAAAMMJJhhmmss, en UTC',
      remedy: 'Écrivez l’instant UTC sur 14 chiffres, sans décalage.',
    },
  ];
}

/** Who the message is for, and who sends it. */
export function deviceBreaches(message: XmlElement): readonly Breach[] {
  const receiver = valueAt(message, 'receiver', 'device', 'id', 'root');
  const sender = valueAt(message, 'sender', 'device', 'id', 'root');
  const breaches: Breach[] = [];
  if (receiver !== DMP_DEVICE) {
    breaches.push({
      where: `${message.path}/receiver/device/id/@root`,
      received: receiver || 'absent',
      expected: DMP_DEVICE,
      remedy: 'Adressez le message à l’OID du DMP.',
    });
  }
  if (!isOid(sender)) {
    breaches.push({
      where: `${message.path}/sender/device/id/@root`,
      received: sender || 'absent',
      expected: 'l’OID de votre logiciel',
      remedy: 'Renseignez l’OID de l’installation de votre logiciel.',
    });
  }
  return breaches;
}

/** Identifier and status of the query of a message. */
export function queryBreaches(where: string, query: XmlElement | undefined): readonly Breach[] {
  const id = valueAt(query, 'queryId', 'root');
  const status = valueAt(query, 'statusCode', 'code');
  if (id !== '' && status === 'new') return [];
  return [
    {
      where,
      received: `queryId ${id || 'absent'}, statusCode ${status || 'absent'}`,
      expected: 'queryId renseigné, statusCode new',
      remedy: 'Identifiez la requête et donnez-lui le statut new.',
    },
  ];
}
