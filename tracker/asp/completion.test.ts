import { describe, expect, it } from 'vitest';
import type { CivilDate } from '#dsr/dates/index.ts';
import type { Order } from '../orders/types.ts';
import { aDoneOrder, anAdvance, day, play, regulation } from './asp.fixture.ts';
import type { PaymentRequest } from './index.ts';
import { noteAmendments, noteCompletion, type AskedBalance, type Note } from './notes.ts';

const LAST = { date: day('2023-09-20') };
const order = (done: string | undefined, completionNotifiedOn?: CivilDate): AskedBalance['order'] => {
  const acceptance: Order['acceptance'] = {
    kind: 'VA',
    reserves: 'aucune',
    ...(done === undefined ? {} : { serviceDoneOn: day(done) }),
  };
  return { acceptance, ...(completionNotifiedOn === undefined ? {} : { completionNotifiedOn }) };
};
const notes = (changes: Partial<AskedBalance>): readonly Note[] =>
  noteCompletion({
    order: order('2023-09-20'),
    completion: { deadline: LAST, noticeDue: true },
    now: new Date('2023-12-14T12:59:00Z'),
    ...changes,
  });
const codes = (changes: Partial<AskedBalance>): readonly string[] => notes(changes).map(({ code }) => code);
const handedIn = (at: string): PaymentRequest => {
  const history = [
    { status: 'preparee', at: '2023-09-01T08:00:00.000Z', by: 'test' },
    { status: 'deposee', at, by: 'test' },
    { status: 'a-modifier', at: '2023-12-01T08:00:00.000Z', by: 'test' },
  ] as const;
  return anAdvance({ kind: 'solde', json: { file: 'a', sha256: 'a', history } });
};

describe('the completion of a service whose balance is asked for', () => {
  it('is to be known of the ASP by its last day', () => {
    expect(codes({})).toEqual(['ASP_NOTICE_MISSING']);
    expect(codes({ now: new Date('2023-09-20T21:59:59Z') })).toEqual([]);
    expect(codes({ now: new Date('2023-09-20T22:00:00Z') })).toEqual(['ASP_NOTICE_MISSING']);
    expect(codes({ order: order('2023-09-10', day('2023-09-20')) })).toEqual([]);
    expect(codes({ order: order('2023-09-10', day('2023-09-21')) })).toEqual(['ASP_NOTICE_LATE']);
    expect(codes({ completion: { deadline: LAST, noticeDue: false } })).toEqual([]);
  });

  it('is known when the balance itself was handed in by then, and given back', () => {
    expect(codes({ former: handedIn('2023-09-20T21:59:00.000Z') })).toEqual([]);
    expect(codes({ former: handedIn('2023-09-20T22:00:00.000Z') })).toEqual(['ASP_NOTICE_MISSING']);
    const { json } = handedIn('');
    const prepared = anAdvance({ kind: 'solde', json: { ...json, history: json.history.slice(0, 1) } });
    expect(codes({ former: prepared })).toEqual(['ASP_NOTICE_MISSING']);
  });

  it('comes by that day too', () => {
    expect(codes({ order: order('2023-09-21', day('2023-09-20')) })).toEqual(['ASP_SERVICE_LATE']);
    expect(codes({ order: order('2023-11-30') })).toEqual(['ASP_SERVICE_LATE', 'ASP_NOTICE_MISSING']);
    expect(codes({ order: order(undefined, day('2023-09-20')) })).toEqual([]);
    expect(codes({ order: {}, completion: { deadline: LAST, noticeDue: false } })).toEqual([]);
  });

  it('is not judged where no date is known', () => {
    expect(codes({ order: order('2030-01-01'), completion: undefined })).toEqual([]);
  });

  it('is told with its dates and the way out', () => {
    const [late, missing] = notes({ order: order('2023-11-30') });
    expect(late).toEqual({
      code: 'ASP_SERVICE_LATE',
      what: 'La prestation a été réalisée le 30/11/2023, après la date limite (20/09/2023 au soir). L’ASP peut recouvrer l’aide.',
      remedy: 'Prévenez l’ASP, et gardez la preuve de cette date.',
    });
    expect(missing).toEqual({
      code: 'ASP_NOTICE_MISSING',
      what: 'Au 20/09/2023 au soir, ni demande de solde déposée, ni achèvement notifié à l’ASP. L’ASP peut recouvrer l’aide.',
      remedy:
        'Si l’achèvement a été notifié, écrivez quand (« Achèvement notifié à l’ASP le ») ; sinon, notifiez-le sans attendre.',
    });
    expect(notes({ order: order('2023-09-20', day('2023-10-02')) })).toEqual([
      {
        code: 'ASP_NOTICE_LATE',
        what: 'L’achèvement a été notifié à l’ASP le 02/10/2023, après la date limite (20/09/2023 au soir). L’ASP peut recouvrer l’aide.',
        remedy: 'Gardez la preuve de la date de réalisation.',
      },
    ]);
  });

  it('is told with the balance that is made', async () => {
    const acceptance = { ...aDoneOrder().acceptance!, signedOn: day('2023-12-01'), serviceDoneOn: day('2023-11-30') };
    const { completionNotifiedOn: _, ...silent } = aDoneOrder({ acceptance });
    const told = async (one: Order, requests = [anAdvance()]) => {
      const [made] = await play({ kind: 'solde', orders: [one], requests, now: '2023-12-14T12:59:00Z' });
      return made?.ok === true && made.prepared.notes.map(({ code }) => code);
    };
    expect(await told(silent)).toEqual(['ASP_SERVICE_LATE', 'ASP_NOTICE_MISSING']);
    expect(await told(aDoneOrder())).toEqual([]);
    const back = { ...handedIn('2023-09-20T10:00:00.000Z'), id: 'solde.SGL-VA1.INST-1' };
    expect(await told(silent, [anAdvance(), back])).toEqual(['ASP_SERVICE_LATE']);
  });
});

describe('the regulation', () => {
  it('has the last day of the service, and whether it is to be notified', () => {
    const given = regulation('2023-12-14T12:59:00Z');
    expect(given.completion('SGL', '1')).toEqual({ deadline: LAST, noticeDue: true });
    expect(given.completion('LOINC', '1')).toEqual({ deadline: { date: day('2023-10-31') }, noticeDue: true });
    expect(given.completion('SGL', '2')).toBeUndefined();
  });
});

it('an amendment that waits for the first request is told', () => {
  const amendments = (['A1', 'A2', 'A3'] as const).map((number, index) => ({
    number,
    status: index === 1 ? ('abandonnee' as const) : ('a-deposer' as const),
  }));
  expect(noteAmendments({ amendments })).toEqual([
    {
      code: 'ASP_AMENDMENT_LATER',
      what: 'Cette demande porte les montants d’avant l’avenant A1, A3, qui se demande ensuite.',
      remedy: 'Déposez-la et notez-le (npm run jalon -- asp status), puis relancez : la demande d’avenant suit.',
    },
  ]);
  expect(noteAmendments({ amendments: [] })).toEqual([]);
});
