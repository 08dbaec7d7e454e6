import { placeOf, readBusinessAck, readErrors, segment } from '#formats/hl7v2/index.ts';
import codes from './business-acks.json' with { type: 'json' };
import { HL7 } from './sources.ts';
import type { Hl7Rule } from './types.ts';

const ZAM = 'Volet CI-SIS de transmission d’un document CDA R2 en HL7 v2, acquittements métier (ZAM)';
const common = { requirements: ['DOC/va1.20'], layer: 'wire', severity: 'error', source: ZAM } as const;

interface Lines {
  readonly acknowledges: string;
  readonly others: readonly string[];
}
const LINES: Readonly<Record<string, Lines | undefined>> = codes.lines;

/** Rules on acknowledgements: technical ones that refuse (ACK), and business ones (ZAM) (protocols.md §7.5). */
export const ACK_RULES: readonly Hl7Rule[] = [
  {
    ...common,
    id: 'HL7-ACK-ERROR',
    requirements: ['INS/va1.72'],
    source: `${HL7}, §2.9, ERR, table 0357`,
    title:
      'Un acquittement qui refuse dit pourquoi : ERR-3 porte un code de la table 0357 ; celui qui accepte n’en dit rien.',
    expected: `ERR||segment^rang^champ|${codes.conditions.slice(1, 5).join(', ')}…^libellé^HL70357|E`,
    remedy: 'Joignez à AE ou AR un segment ERR avec le code de ce qui ne va pas ; n’en joignez pas à AA.',
    judge: ({ message }) => {
      const msa = segment(message, 'MSA');
      const said = msa?.fields[1] ?? '';
      if (message.type.code !== 'ACK' || msa === undefined || !/^[AC][AER]$/.test(said)) return [];
      const errors = readErrors(message).filter(({ severity }) => severity !== 'W' && severity !== 'I');
      if (/^.A$/.test(said)) {
        return errors
          .filter(({ code }) => code !== '0' && code !== '')
          .map(({ segment: err, code }) => ({ where: placeOf(err), received: `${said} avec l’erreur ${code}` }));
      }
      if (errors.length === 0) return [{ where: 'ERR', received: `${said} sans segment ERR` }];
      return errors
        .filter(({ code }) => !codes.conditions.includes(code) || code === '0')
        .map(({ segment: err, code }) => ({ where: placeOf(err, 3), received: code || 'vide' }));
    },
  },
  {
    ...common,
    id: 'HL7-ZAM-LINES',
    title: 'Un acquittement métier dit, en Y ou N, ce qui est arrivé au document.',
    expected: 'OBX|1|CWE|ACK_…^libellé^AckMetierZAM|MSH-10 du message|Y ou N^^expandedYes-NoIndicator||||||F',
    remedy:
      'Écrivez la ligne de l’événement : ACK_RECEPTION_DMP (Z01), ACK_RECEPTION_MSS (Z02), ACK_LECTURE_MSS (Z03).',
    judge: ({ message }) => {
      const ack = readBusinessAck(message);
      if (ack === undefined) return [];
      const known = LINES[message.type.event];
      if (known === undefined) return [{ where: 'MSH-9', received: message.type.event, expected: 'Z01, Z02 ou Z03' }];
      const names = [known.acknowledges, ...known.others];
      const said = ack.lines.some(({ code }) => code === known.acknowledges);
      return [
        ...(said ? [] : [{ where: 'OBX', received: `aucun OBX ${known.acknowledges}` }]),
        ...ack.lines.flatMap(({ segment: obx, type, code, system, value, table, status }) => {
          const yesNo = code.startsWith('ACK_');
          const wrong: readonly (readonly [boolean, string, string, string])[] = [
            [!names.includes(code), placeOf(obx, 3, { component: 1 }), code, names.join(', ')],
            [system !== codes.system, placeOf(obx, 3, { component: 3 }), system, codes.system],
            [yesNo && type !== codes.type, placeOf(obx, 2), type, codes.type],
            [yesNo && !/^[YN]$/.test(value), placeOf(obx, 5, { component: 1 }), value, 'Y ou N'],
            [yesNo && table !== codes.yesNoTable, placeOf(obx, 5, { component: 3 }), table, codes.yesNoTable],
            [status !== 'F', placeOf(obx, 11), status, 'F'],
          ];
          return wrong
            .filter(([is]) => is)
            .map(([, where, received, expected]) => ({ where, received: received || 'vide', expected }));
        }),
      ];
    },
  },
  {
    ...common,
    id: 'HL7-ZAM-ABOUT',
    title: 'Un acquittement métier nomme le message qui portait le document.',
    expected: 'OBX-4, le MSH-10 du message ORU, OUL ou MDM, le même sur toutes les lignes',
    remedy: 'Recopiez dans OBX-4 le MSH-10 du message qui portait le document.',
    judge: ({ message }) => {
      const { lines } = readBusinessAck(message) ?? { lines: [] };
      const first = lines.find(({ about }) => about !== '')?.about ?? '';
      return lines
        .filter(({ about }) => about === '' || about !== first)
        .map(({ segment: obx, about }) => ({ where: placeOf(obx, 4), received: about || 'vide' }));
    },
  },
  {
    ...common,
    id: 'HL7-ZAM-ERROR',
    title: 'Un acquittement métier négatif dit l’erreur, et un positif n’en dit pas.',
    expected: 'ERR||…|207^Application error^messageErrorCondition|E|code^libellé quand OBX-5 vaut N',
    remedy: 'Joignez l’erreur du DMP (Z01) ou de la messagerie (Z02, code SMTP) dans ERR-5.',
    judge: ({ message }) => {
      const ack = readBusinessAck(message);
      if (ack === undefined) return [];
      const failed = ack.lines.some(({ code, value }) => code.startsWith('ACK_') && value === 'N');
      if (failed && ack.errors.length === 0) return [{ where: 'ERR', received: 'absent, alors que OBX-5 vaut N' }];
      return ack.errors.flatMap(({ segment: err, code, severity, application }) => {
        const unknown = message.type.event === 'Z02' && !codes.smtp.includes(application);
        const wrong: readonly (readonly [boolean, string, string, string])[] = [
          [!failed, placeOf(err), 'une erreur, sans OBX à N', 'aucun ERR'],
          [code !== codes.applicationError, placeOf(err, 3), code, codes.applicationError],
          [severity === '', placeOf(err, 4), severity, 'E'],
          [application === '' || unknown, placeOf(err, 5), application, 'le code de l’erreur'],
        ];
        return wrong
          .filter(([is]) => is)
          .map(([, where, received, expected]) => ({ where, received: received || 'vide', expected }));
      });
    },
  },
];
