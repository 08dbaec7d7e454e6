import { at, child, type XmlElement } from '#formats/xml/index.ts';
import type { Report } from '../report/index.ts';
import type { AskingRule } from './asking-rules.ts';
import { creationTimeBreaches, deviceBreaches, queryBreaches, valueAt, wrapperBreaches } from './hl7-message.ts';
import data from './requests.json' with { type: 'json' };

const V3 = 'urn:hl7-org:v3';
const EVENT = 'PRPA_TE201305UV02';

/** One search of a patient by traits (TD0.5, PRPA_IN201305UV02). Source: protocols.md §2.3. */
export function checkPatientSearch(report: Report<AskingRule>, message: XmlElement): void {
  const act = child(message, 'controlActProcess', V3);
  const query = act && child(act, 'queryByParameter', V3);
  const where = query?.path ?? act?.path ?? message.path;
  for (const breach of [
    ...wrapperBreaches(message, 'TD0.5'),
    ...creationTimeBreaches(message),
    ...deviceBreaches(message),
    ...queryBreaches(where, query),
  ]) {
    report.add('TD05-MESSAGE', breach);
  }
  const event = valueAt(act, 'code', 'code');
  if (event !== EVENT) {
    report.add('TD05-MESSAGE', {
      where: `${act?.path ?? message.path}/code/@code`,
      received: event || 'absent',
      expected: EVENT,
      remedy: 'Renseignez le code de l’événement qui déclenche la recherche.',
    });
  }
  const list = query && child(query, 'parameterList', V3);
  const criteria = (list?.children ?? []).filter((node) => node.kind === 'element');
  const add = (place: string, received: string, expected: string): void =>
    report.add('TD05-CRITERIA', {
      where: place,
      received,
      expected,
      remedy: 'Écrivez chaque trait cherché comme le prévoit ITI-47.',
    });
  if (criteria.length === 0) add(list?.path ?? where, 'aucun critère', data.criteria.join(', '));
  const seen = new Set<string>();
  for (const one of criteria) {
    const { local } = one.name;
    if (!data.criteria.includes(local)) add(one.path, local, `${data.criteria.join(', ')}, et rien d’autre`);
    else if (seen.has(local)) add(one.path, `${local}, déjà donné`, `un seul ${local}`);
    else checkCriterion(one, add);
    seen.add(local);
  }
}

function checkCriterion(one: XmlElement, add: (place: string, received: string, expected: string) => void): void {
  const value = child(one, 'value', V3);
  const place = value?.path ?? one.path;
  const semantics = child(one, 'semanticsText', V3)?.text.trim() ?? '';
  if (semantics === '') add(`${one.path}/semanticsText`, 'absent ou vide', 'le nom du critère');
  switch (one.name.local) {
    case 'livingSubjectName': {
      const family = (value && at(value, 'family'))?.text.trim() ?? '';
      if (family === '') add(place, 'sans nom', 'value/family, et value/given au besoin');
      return;
    }
    case 'livingSubjectBirthTime': {
      const time = valueAt(value, 'value');
      if (!/^\d{4}(?:\d\d){0,2}$/.test(time)) add(place, time || 'absent', 'AAAAMMJJ, ou son début');
      return;
    }
    default: {
      const code = valueAt(value, 'code');
      if (!/^[MFU]$/.test(code)) add(place, code || 'absent', 'M, F ou U');
    }
  }
}
