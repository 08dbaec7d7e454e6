import { INS_OID, nirKey } from '#formats/nir/index.ts';
import { INS_TYPE, LOCAL_TYPE } from './identity.ts';
import { CISIS, OUTGOING_PID, PAM } from './sources.ts';
import type { Hl7Rule, Hl7Subject, PidIdentifier } from './types.ts';

const PRODUCTION: readonly string[] = [INS_OID.nir, INS_OID.nia];
const TEST: readonly string[] = [INS_OID.nirTest, INS_OID.niaTest];
const NAMESPACES: Readonly<Record<string, string>> = {
  [INS_OID.nir]: 'ASIP-SANTE-INS-NIR',
  [INS_OID.nirTest]: 'ASIP-SANTE-INS-NIR',
  [INS_OID.nia]: 'ASIP-SANTE-INS-NIA',
  [INS_OID.niaTest]: 'ASIP-SANTE-INS-NIA',
};
const EXAMPLE = '279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.8&ISO^INS';

const common = { requirements: OUTGOING_PID, layer: 'business', severity: 'error' } as const;

/** Repetitions of PID-3 that are, or claim to be, an INS. */
export function insOf({ identity }: Hl7Subject): readonly PidIdentifier[] {
  return (identity?.identifiers ?? []).filter(
    ({ type, authority }) => type === INS_TYPE || PRODUCTION.includes(authority) || TEST.includes(authority),
  );
}

/** Rules on PID-3: the local identifier and the INS (protocols.md §7.2, §7.7 H3). */
export const IDENTIFIER_RULES: readonly Hl7Rule[] = [
  {
    ...common,
    id: 'HL7-PID3-LOCAL',
    source: `${PAM}, PID-3`,
    title: 'PID-3 porte l’identifiant local (PI), avec l’OID de son domaine, en premier dans un message PAM.',
    expected: 'valeur^^^NOM&OID&ISO^PI, en première répétition d’un ADT',
    remedy: 'Placez l’identifiant de votre domaine avant l’INS, avec le nom, l’OID et le type ISO de son autorité.',
    judge: ({ identity, message }) => {
      if (identity === undefined) return [];
      const { identifiers } = identity;
      // The samples of the volet that carries documents write the INS first.
      const local = message.type.code === 'ADT' ? undefined : identifiers.find(({ type }) => type === LOCAL_TYPE);
      const first = local ?? identifiers[0];
      if (first === undefined) return [{ where: 'PID-3', received: 'vide' }];
      if (first.type !== LOCAL_TYPE) return [{ where: first.where, received: `type ${first.type || 'absent'}` }];
      const wrong = first.value === '' || !/^\d+(?:\.\d+)+$/.test(first.authority) || first.authorityType !== 'ISO';
      return wrong ? [{ where: first.where, received: shown(first) }] : [];
    },
  },
  {
    ...common,
    id: 'HL7-PID3-INS',
    source: `${CISIS}, PID-3`,
    title:
      'La répétition INS de PID-3 a 15 caractères, l’espace de nom et l’OID de son autorité, le type ISO et le code INS.',
    expected: EXAMPLE,
    remedy:
      'Écrivez le matricule et sa clé collés, l’autorité en trois sous-composantes, et INS en cinquième composante.',
    judge: (subject) =>
      insOf(subject).flatMap((one) => {
        const namespace = Object.hasOwn(NAMESPACES, one.authority) ? NAMESPACES[one.authority] : undefined;
        const right =
          nirKey(one.value.slice(0, 13)) !== undefined &&
          /^\w{13}\d\d$/.test(one.value) &&
          one.type === INS_TYPE &&
          one.authorityType === 'ISO' &&
          (namespace === undefined || one.namespace === namespace);
        return right ? [] : [{ where: one.where, received: shown(one) }];
      }),
  },
  {
    ...common,
    id: 'HL7-PID3-INS-KEY',
    source: 'Référentiel INS, clé de contrôle (97 − N modulo 97)',
    title: 'La clé du matricule INS de PID-3 est juste.',
    expected: 'une clé juste',
    remedy: 'Contrôlez la clé avant d’émettre, et ne gardez pas un matricule dont la clé est fausse.',
    judge: (subject) =>
      insOf(subject).flatMap(({ where, value }) => {
        const key = nirKey(value.slice(0, 13));
        return key === undefined || !/^\w{13}\d\d$/.test(value) || value.slice(13) === key
          ? []
          : [{ where, received: value, expected: `clé ${key}` }];
      }),
  },
  {
    ...common,
    id: 'HL7-PID3-INS-OID',
    source: 'Référentiel INS, liste des OID des autorités d’affectation',
    title: 'L’autorité de la répétition INS est une autorité d’affectation de l’INS.',
    expected: PRODUCTION.join(' ou '),
    remedy: 'Transmettez l’OID reçu d’INSi avec le matricule.',
    judge: (subject) => {
      const allowed = subject.options.allowTestOids === false ? PRODUCTION : [...PRODUCTION, ...TEST];
      return insOf(subject).flatMap(({ where, authority }) =>
        allowed.includes(authority) ? [] : [{ where, received: authority || 'vide', expected: allowed.join(', ') }],
      );
    },
  },
  {
    ...common,
    id: 'HL7-PID3-INS-ONCE',
    source: `${CISIS}, PID-3`,
    title: 'PID-3 ne porte qu’une INS, l’active.',
    expected: 'une seule répétition INS',
    remedy: 'N’envoyez que le matricule actif : l’historique ne sert pas à adresser.',
    judge: (subject) => {
      const all = insOf(subject);
      return all.length > 1 ? [{ where: 'PID-3', received: all.map(({ value }) => value).join(', ') }] : [];
    },
  },
  {
    ...common,
    id: 'HL7-PID3-INS-VALI',
    requirements: [...OUTGOING_PID, 'INS/va1.59'],
    source: `${CISIS}, PID-3 et PID-32 ; Guide d’implémentation INS, règle 28`,
    title: 'Une INS n’est émise que pour une identité qualifiée (PID-32 = VALI), et l’est alors toujours.',
    expected: 'PID-32 = VALI avec une INS, pas d’INS sans VALI',
    remedy: 'Émettez l’INS et VALI ensemble pour une identité qualifiée, ni l’une ni l’autre sinon.',
    judge: (subject) => {
      const { identity, options, message } = subject;
      // A47 removes an identifier: its PID says nothing of the INS any more.
      if (identity === undefined || message.type.event === 'A47') return [];
      const [ins] = insOf(subject);
      const { reliability } = identity;
      if (ins !== undefined && (reliability !== 'VALI' || options.qualified === false)) {
        return [
          {
            where: ins.where,
            received: `une INS, PID-32 ${reliability || 'vide'}`,
            expected:
              options.qualified === false
                ? 'aucune INS : l’identité n’est pas qualifiée'
                : 'aucune INS, ou PID-32 = VALI',
          },
        ];
      }
      if (ins === undefined && options.qualified === true) {
        return [{ where: 'PID-3', received: 'aucune INS', expected: 'l’INS de l’identité qualifiée' }];
      }
      return ins !== undefined && options.qualified === true && reliability !== 'VALI'
        ? [{ where: 'PID-32', received: reliability || 'vide', expected: 'VALI' }]
        : [];
    },
  },
];

function shown({ value, namespace, authority, authorityType, type }: PidIdentifier): string {
  return `${value}^^^${namespace}&${authority}&${authorityType}^${type}`;
}
