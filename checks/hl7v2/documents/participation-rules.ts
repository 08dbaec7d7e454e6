import { placeOf, type Hl7Participation } from '#formats/hl7v2/index.ts';
import codes from './codes.json' with { type: 'json' };
import { HOSPITAL, VOLET } from './structure-rules.ts';
import { metaValue } from './subject.ts';
import type { DocumentRule, DocumentSubject } from './types.ts';

const common = {
  requirements: HOSPITAL,
  layer: 'business',
  severity: 'error',
  source: `${VOLET}, segment PRT`,
} as const;
const PERSONS: Readonly<Record<string, string>> = codes.persons;
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function role(subject: DocumentSubject, wanted: string): readonly Hl7Participation[] {
  return subject.participations.filter(({ role }) => role === wanted);
}

function patientDomain({ options }: DocumentSubject): string {
  return `@${(options.patientDomain ?? codes.patientDomain).toLowerCase()}`;
}

interface Recipient {
  readonly where: string;
  readonly address: string;
  readonly patient: boolean;
}

function recipients(subject: DocumentSubject): readonly Recipient[] {
  return role(subject, 'RCT').flatMap(({ segment, addresses }) =>
    addresses.map(({ address, repetition }) => ({
      where: placeOf(segment, 15, { repetition }),
      address,
      patient: address.toLowerCase().endsWith(patientDomain(subject)),
    })),
  );
}

/** Rules on who sends the documents and who must receive them (protocols.md §7.2, §7.4, §7.7 H6). */
export const PARTICIPATION_RULES: readonly DocumentRule[] = [
  {
    ...common,
    id: 'HL7-PRT-FORM',
    layer: 'wire',
    title: 'Un PRT dit son action (UC) et le rôle de qui prend part, d’un système nommé « participation ».',
    expected: `PRT||UC||${codes.roles.join(' ou ')}^^participation`,
    remedy: 'Écrivez UC en PRT-2 et le rôle en PRT-4 comme le volet les montre.',
    judge: ({ participations }) =>
      participations.flatMap(({ segment, action, role: said, roleSystem }) => {
        // HL7 has other roles (who performed…), which the volet does not forbid and a platform does not read.
        if (said !== '' && !codes.roles.includes(said)) {
          const where = placeOf(segment, 4, { component: 1 });
          return [{ where, received: said, expected: codes.roles.join(', '), severity: 'warning' as const }];
        }
        const wrong: readonly (readonly [boolean, string, string, string])[] = [
          [action !== codes.action, placeOf(segment, 2), action, codes.action],
          [said === '', placeOf(segment, 4, { component: 1 }), said, codes.roles.join(', ')],
          [roleSystem !== codes.roleSystem, placeOf(segment, 4, { component: 3 }), roleSystem, codes.roleSystem],
        ];
        return wrong
          .filter(([is]) => is)
          .map(([, where, received, expected]) => ({ where, received: received || 'vide', expected }));
      }),
  },
  {
    ...common,
    id: 'HL7-PRT-SENDER',
    title: 'Un PRT SB nomme le professionnel qui envoie et sa structure.',
    expected: 'PRT-5 identifiant national, nom, autorité et type (IDNPS ou RPPS) ; PRT-8 identifiant de la structure',
    remedy: 'La plateforme alimente le DMP au nom de ce professionnel et de cette structure : nommez-les.',
    judge: (subject) => {
      if (subject.toLps) return [];
      const senders = role(subject, 'SB');
      const named = new Set(senders.map(({ person, organization }) => `${person.id} de ${organization.id}`));
      // Each document may repeat who sends it.
      if (named.size !== 1) {
        const received = named.size === 0 ? 'aucun PRT SB' : `plusieurs PRT SB : ${[...named].join(', ')}`;
        return [{ where: 'PRT', received, expected: 'un seul' }];
      }
      return senders.flatMap(({ segment, person, organization }) => {
        const type = Object.hasOwn(PERSONS, person.type) && person.type !== 'INS' ? PERSONS[person.type] : undefined;
        const wrong: readonly (readonly [boolean, number, number, string, string])[] = [
          [type === undefined, 5, 13, person.type, 'IDNPS ou RPPS'],
          [person.id === '' || !new RegExp(type ?? '').test(person.id), 5, 1, person.id, 'l’identifiant national'],
          [person.familyName === '', 5, 2, person.familyName, 'le nom du professionnel'],
          [person.authority !== codes.personAuthority, 5, 9, person.authority, codes.personAuthority],
          [organization.id === '', 8, 10, organization.id, 'l’identifiant national de la structure'],
        ];
        return wrong
          .filter(([is]) => is)
          .map(([, field, component, received, expected]) => ({
            where: placeOf(segment, field, { component }),
            received: received || 'vide',
            expected,
          }));
      });
    },
  },
  {
    ...common,
    id: 'HL7-PRT-ADDRESS',
    title: 'Une adresse de PRT est une adresse de messagerie, et celle du patient porte son matricule.',
    expected: `^^X.400^adresse ; celle du patient : <matricule de PID-3>@${codes.patientDomain}`,
    remedy: 'Recopiez l’adresse de l’annuaire ; formez celle du patient de l’INS qualifiée du PID.',
    judge: (subject) =>
      subject.participations.flatMap(({ segment, role: said, addresses }) =>
        addresses.flatMap(({ kind, address, repetition }) => {
          const place = (component: number) => placeOf(segment, 15, { repetition, component });
          const domain = patientDomain(subject);
          const isPatient = said === 'RCT' && address.toLowerCase().endsWith(domain);
          const wanted = `${subject.identity?.ins ?? ''}${domain}`;
          return [
            ...(kind === codes.addressKind
              ? []
              : [{ where: place(3), received: kind || 'vide', expected: codes.addressKind }]),
            ...(ADDRESS.test(address)
              ? []
              : [{ where: place(4), received: address || 'vide', expected: 'une adresse MSSanté' }]),
            ...(isPatient && address.toLowerCase() !== wanted.toLowerCase()
              ? [
                  {
                    where: place(4),
                    received: address,
                    expected: subject.identity?.ins === undefined ? 'aucune : le PID ne porte pas d’INS' : wanted,
                  },
                ]
              : []),
          ];
        }),
      ),
  },
  {
    ...common,
    id: 'HL7-PRT-RECIPIENTS',
    title: 'Les destinataires nommés sont ceux que les métadonnées annoncent.',
    expected: 'un PRT RCT par destinataire quand DESTMSSANTEPS ou DESTMSSANTEPAT vaut Y, aucun à N',
    remedy: 'Accordez les PRT RCT et les OBX DESTMSSANTEPS et DESTMSSANTEPAT.',
    judge: (subject) => {
      const all = recipients(subject);
      return (
        [
          ['DESTMSSANTEPS', all.filter(({ patient }) => !patient), 'professionnel'],
          ['DESTMSSANTEPAT', all.filter(({ patient }) => patient), 'patient'],
        ] as const
      ).flatMap(([code, named, who]) => {
        const said = metaValue(subject, code);
        if (said === 'Y' && named.length === 0) {
          return [{ where: 'PRT', received: `aucun destinataire ${who}`, expected: `un PRT RCT : ${code} vaut Y` }];
        }
        return said === 'N'
          ? named.map(({ where, address }) => ({ where, received: address, expected: `aucun : ${code} vaut N` }))
          : [];
      });
    },
  },
  {
    ...common,
    id: 'HL7-PRT-ASKED',
    title: 'Les destinataires sont ceux que l’utilisateur a choisis, et eux seuls.',
    expected: 'les adresses choisies dans le produit',
    remedy: 'Écrivez un PRT RCT par destinataire choisi.',
    judge: (subject) => {
      const { asked } = subject.options;
      if (asked === undefined) return [];
      const wanted = new Set(asked.professionals.map((address) => address.toLowerCase()));
      return recipients(subject)
        .filter(({ patient, address }) => (patient ? !asked.toPatient : !wanted.has(address.toLowerCase())))
        .map(({ where, address }) => ({ where, received: address, expected: 'un destinataire choisi' }));
    },
  },
];
