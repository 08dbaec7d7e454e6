import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, parseCivilDate, type CivilDate } from '#dsr/dates/index.ts';
import { cents } from '#dsr/money/index.ts';
import { counted, explainWindow, frenchDate, judgeWindow, windowSummary, type WindowInput } from './index.ts';

const day = (text: string): CivilDate => parseCivilDate(text)!;
/** As a reader sees it: the unbreakable spaces are a matter of lines. */
const plain = (text: string): string => text.replaceAll('\u00A0', ' ');
const told = (input: WindowInput): readonly string[] =>
  explainWindow(input, judgeWindow(input)).map(({ kind, code, message }) => `${kind} ${code}: ${plain(message)}`);
const summary = (input: WindowInput): string => plain(windowSummary(input, judgeWindow(input)));

const signedOn = day('2022-03-01');
const sentOn = day('2022-05-01');
const deemedCompleteOn = day('2022-06-01');
const referencedOn = day('2022-07-01');
const advancePeriodEndsOn = day('2022-11-30');

describe('the sentences', () => {
  it('tell every reason, with the dates that make it', () => {
    expect(
      told({
        signedOn: day('2022-12-01'),
        deemedCompleteOn: day('2023-04-01'),
        referencedOn: day('2023-04-02'),
        advancePeriodEndsOn: day('2023-04-02'),
      }),
    ).toEqual([
      'reason signed-more-than-120-days-before-complete-file: La commande est signée le 1er décembre 2022, 121 jours avant le dossier réputé complet (1er avril 2023) : 120 au plus ; son dernier jour était le 31 mars 2023.',
    ]);
    expect(told({ signedOn: day('2022-12-01'), referencedOn, advancePeriodEndsOn })).toEqual([
      'reason signed-after-advance-period: La commande est signée le 1er décembre 2022, après la clôture des demandes d’avance (30 novembre 2022).',
    ]);
  });

  it('tell what is awaited', () => {
    expect(told({ advancePeriodEndsOn })).toEqual([
      'waiting not-signed: La commande n’est pas signée par le client : la fenêtre ne court pas encore.',
      'waiting file-not-sent: Le dossier de preuves n’est pas envoyé à l’ANS.',
    ]);
    expect(told({ signedOn, advancePeriodEndsOn, today: signedOn })).toEqual([
      'waiting file-not-sent: Le dossier de preuves n’est pas envoyé à l’ANS : il doit y être complet le 29 juin 2022 au plus tard.',
    ]);
    expect(told({ sentOn, advancePeriodEndsOn })).toEqual([
      'waiting not-signed: La commande n’est pas signée par le client : la fenêtre ne court pas encore.',
      'waiting file-not-deemed-complete: La date à laquelle l’ANS répute le dossier complet n’est pas connue.',
      'warning only-sent-known: Le dossier est envoyé le 1er mai 2022, mais la date qui compte est celle à laquelle l’ANS le répute complet : renseignez-la dès qu’elle est connue.',
    ]);
    expect(told({ signedOn, sentOn: day('2022-06-30'), advancePeriodEndsOn })).toEqual([
      'waiting file-not-deemed-complete: La date à laquelle l’ANS répute le dossier complet n’est pas connue : elle doit être le 29 juin 2022 au plus tard.',
      'warning only-sent-known: Le dossier est envoyé le 30 juin 2022 (121 jours après la signature), mais la date qui compte est celle à laquelle l’ANS le répute complet : renseignez-la dès qu’elle est connue.',
      'warning sent-after-last-day: Le dossier est envoyé le 30 juin 2022, après le dernier jour (29 juin 2022) : il ne peut guère être réputé complet à temps, tenez la commande pour perdue sauf avis contraire de l’ANS.',
    ]);
  });

  it('warn', () => {
    const warnings = (input: WindowInput): readonly string[] =>
      told(input).filter((line) => line.startsWith('warning'));
    const all = { signedOn, sentOn, deemedCompleteOn, referencedOn, advancePeriodEndsOn };
    expect(warnings({ signedOn, advancePeriodEndsOn, today: day('2022-06-30') })).toEqual([
      'warning last-day-passed: Le dernier jour (29 juin 2022) est passé au 30 juin 2022 sans dossier envoyé : tenez la commande pour perdue, ou renseignez la date d’envoi si elle manque ici.',
    ]);
    expect(warnings({ signedOn, referencedOn, advancePeriodEndsOn })).toEqual([
      'warning referenced-without-complete-date: Le produit est référencé le 1er juillet 2022, donc son dossier a été réputé complet : retrouvez cette date, elle décide de la commande.',
    ]);
    expect(warnings({ ...all, signedOn: referencedOn })).toEqual([
      'warning signed-on-referencing-day: La commande est signée le jour même du référencement : elle est lue ici comme n’étant pas antérieure, la règle des 120 jours ne s’y applique donc pas. Faites confirmer cette lecture.',
    ]);
    expect(warnings({ signedOn, deemedCompleteOn })).toEqual([
      'warning referencing-to-follow: Le produit n’est pas encore référencé : la commande n’est ferme que si le référencement suit.',
      'warning advance-end-unknown: La fin de la période des demandes d’avance n’est pas connue : il reste à vérifier que la signature ne lui est pas postérieure.',
    ]);
    expect(warnings({ advancePeriodEndsOn, today: day('2022-12-01') })).toEqual([
      'warning advance-period-over: La période des demandes d’avance est close depuis le 30 novembre 2022 : une commande signée maintenant serait hors période.',
    ]);
    expect(
      warnings({
        signedOn,
        sentOn: day('2022-07-03'),
        deemedCompleteOn: day('2022-07-02'),
        referencedOn,
        advancePeriodEndsOn: day('2022-06-30'),
      }),
    ).toEqual([
      'warning complete-before-sent: Dates contradictoires : le dossier serait réputé complet (2 juillet 2022) avant d’être envoyé (3 juillet 2022). Corrigez l’une des deux.',
      'warning complete-after-referencing: Dates contradictoires : le dossier serait réputé complet (2 juillet 2022) après le référencement (1er juillet 2022). Corrigez l’une des deux.',
      'warning sent-after-referencing: Dates contradictoires : le dossier serait envoyé (3 juillet 2022) après le référencement (1er juillet 2022). Corrigez l’une des deux.',
      'warning advance-ends-before-referencing: Les demandes d’avance closent le 30 juin 2022, avant le référencement (1er juillet 2022) qui les permet : vérifiez ces deux dates.',
    ]);
    expect(warnings({ ...all, today: day('2022-02-28') })).toEqual([
      'warning signed-in-the-future: La date de signature (1er mars 2022) est à venir : le résultat est une prévision, pas un constat.',
      'warning sent-in-the-future: La date d’envoi (1er mai 2022) est à venir : le résultat est une prévision, pas un constat.',
      'warning complete-in-the-future: La date de dossier réputé complet (1er juin 2022) est à venir : le résultat est une prévision, pas un constat.',
      'warning referenced-in-the-future: La date de référencement (1er juillet 2022) est à venir : le résultat est une prévision, pas un constat.',
    ]);
  });

  it('sum up', () => {
    expect(summary({ signedOn, deemedCompleteOn })).toBe(
      'Finançable : commande signée le 1er mars 2022, 92 jours avant le dossier réputé complet (1er juin 2022).',
    );
    expect(summary({ signedOn: deemedCompleteOn, deemedCompleteOn })).toBe(
      'Finançable : commande signée le 1er juin 2022, le jour même du dossier réputé complet (1er juin 2022).',
    );
    expect(summary({ signedOn: day('2022-06-02'), deemedCompleteOn })).toBe(
      'Finançable : commande signée le 2 juin 2022, 1 jour après le dossier réputé complet (1er juin 2022).',
    );
    expect(summary({ signedOn: day('2022-07-02'), referencedOn })).toBe(
      'Finançable : commande signée le 2 juillet 2022, le référencement (1er juillet 2022) acquis ; les 120 jours ne s’y appliquent pas.',
    );
    expect(summary({ signedOn: day('2022-12-01'), advancePeriodEndsOn })).toBe(
      'Hors financement : la commande ne remplit pas les règles de la fenêtre.',
    );
    expect(summary({})).toBe('En attente : la commande n’est pas signée.');
    expect(summary({ signedOn })).toBe('En attente : dossier complet le 29 juin 2022 au plus tard.');
    expect(summary({ signedOn, today: day('2022-06-28') })).toContain('au plus tard (dans 1 jour).');
    expect(summary({ signedOn, today: day('2022-06-29') })).toContain('au plus tard (aujourd’hui).');
    expect(summary({ signedOn, today: day('2022-07-01') })).toContain('au plus tard (passé de 2 jours).');
  });

  it('never name a date that is not known', () => {
    const maybe = fc.option(
      fc.nat({ max: 1500 }).map((days) => addDays(signedOn, days)),
      { nil: undefined },
    );
    const input = fc.record({
      signedOn: maybe,
      sentOn: maybe,
      deemedCompleteOn: maybe,
      referencedOn: maybe,
      advancePeriodEndsOn: maybe,
      today: maybe,
    });
    fc.assert(
      fc.property(input, (given) => {
        expect([...told(given), summary(given)].join(' ')).not.toMatch(/—|undefined|null|NaN/);
      }),
    );
  });
});

describe('words', () => {
  it('write a day, without its year where it goes without saying', () => {
    expect(frenchDate(day('2022-06-14'))).toBe('14\u00A0juin\u00A02022');
    expect(plain(frenchDate(day('2022-06-14'), day('2022-01-01')))).toBe('14 juin');
    expect(plain(frenchDate(day('2022-06-14'), day('2021-06-14')))).toBe('14 juin 2022');
    expect(
      Array.from({ length: 12 }, (_, month) => plain(frenchDate(day(`2024-${String(month + 1).padStart(2, '0')}-11`)))),
    ).toEqual(
      [
        'janvier',
        'février',
        'mars',
        'avril',
        'mai',
        'juin',
        'juillet',
        'août',
        'septembre',
        'octobre',
        'novembre',
        'décembre',
      ].map((month) => `11 ${month} 2024`),
    );
  });

  it('count', () => {
    expect([-2, -1, 0, 1, 2].map((count) => plain(counted(count, 'jour')))).toEqual([
      '-2 jours',
      '-1 jour',
      '0 jour',
      '1 jour',
      '2 jours',
    ]);
    expect(plain(counted(2, 'bon de commande', 'bons de commande'))).toBe('2 bons de commande');
  });
});

describe('the way out', () => {
  const ways = (input: WindowInput): readonly (string | undefined)[] =>
    explainWindow(input, judgeWindow(input)).map(({ code, remedy }) => remedy && `${code}: ${remedy.slice(0, 30)}`);
  it.each<readonly [WindowInput, readonly string[]]>([
    [
      { signedOn: day('2022-12-01'), advancePeriodEndsOn },
      ['signed-after-advance-period: Vérifiez la date de signature,'],
    ],
    [
      { signedOn: day('2022-01-01'), deemedCompleteOn, referencedOn, advancePeriodEndsOn },
      ['signed-more-than-120-days-before-complete-file: Faites signer une nouvelle com'],
    ],
    [
      { signedOn, deemedCompleteOn, referencedOn, advancePeriodEndsOn, ht: cents(0) },
      ['amount-zero: Inscrivez le montant réel, que'],
    ],
    [{ referencedOn, advancePeriodEndsOn }, ['not-signed: Faites signer et dater la comm']],
    [{ signedOn, advancePeriodEndsOn }, ['file-not-sent: Envoyez le dossier complet à l']],
    [{ signedOn, sentOn, advancePeriodEndsOn }, ['file-not-deemed-complete: Demandez cette date à l’ANS, p']],
  ])('of %j', (input, expected) => {
    expect(ways(input).filter((one) => one !== undefined)).toEqual(expected);
  });

  it('an order of 0 € is told to be so', () => {
    expect(summary({ ht: cents(0) })).toBe('Hors financement : la commande est à 0 €.');
    expect(told({ ht: cents(0) })[0]).toBe(
      'reason amount-zero: Le montant de la commande est de 0 € : l’ASP rejette une commande à 0 €.',
    );
  });
});
