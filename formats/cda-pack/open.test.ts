import { afterEach, describe, expect, it } from 'vitest';
import { makeN3 } from '../cda/cda.fixture.ts';
import { schemaOf } from '../schematron/files.fixture.ts';
import { openPack } from './index.ts';
import type { Pack, PackOptions } from './index.ts';
import { writeMiniPack } from './mini-pack.fixture.ts';

const IHE = 'schematrons/profils/IHE.sch';
const n3 = Buffer.from(makeN3());
const opened: Pack[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pack) => pack.close()));
});

function open(changes: Readonly<Record<string, string>> = {}, options: PackOptions = {}): Pack {
  const opening = openPack(writeMiniPack(changes), options);
  if (!opening.ok) throw new Error(opening.missing.join());
  opened.push(opening.pack);
  return opening.pack;
}
const ihe = (test: string): string =>
  schemaOf(`<pattern><rule context="cda:ClinicalDocument"><assert test="${test}">non</assert></rule></pattern>`);

describe('a pack in its thread', () => {
  it('judges documents one after the other', async () => {
    const pack = open();
    const answers = await Promise.all([n3, Buffer.from('<a'), n3].map((bytes) => pack.judge(bytes)));
    expect(answers.map(({ ok }) => ok)).toEqual([true, false, true]);
  });

  it('ends at its time limit whatever runs, and judges again after', { timeout: 60_000 }, async () => {
    // Hours: each of the million numbers is compared with each of another.
    const pack = open(
      {
        [IHE]: ihe(
          "if (cda:title = 'lent') then (every $a in 1 to 1000000, $b in 1 to 1000000 satisfies $a + $b gt 0) else true()",
        ),
      },
      { timeLimitMs: 4000 },
    );
    // Starting the thread is not in the limit: a busy machine changes nothing.
    const slow = Buffer.from(makeN3().replace(/<title>Compte[^<]*/u, '<title>lent'));
    expect(await pack.judge(slow)).toMatchObject({ ok: false, code: 'PACK_TIME', message: 'plus de 4 s' });
    expect(await pack.judge(n3)).toMatchObject({ ok: true });
  });

  it('outlives an expression of the pack that never backtracks out', async () => {
    const pack = open({ [IHE]: ihe(`matches('${'a'.repeat(60)}!', '^(a+)+$')`) }, { timeLimitMs: 3000 });
    expect(await pack.judge(n3)).toMatchObject({ ok: false, code: 'PACK_TIME' });
  });

  it('says that it crashed when its memory is not enough, and judges again after', { timeout: 120_000 }, async () => {
    const doubled = Array.from(
      { length: 40 },
      (_, index) => `<let name="v${index + 1}" value="($v${index}, $v${index})"/>`,
    );
    const rule = `<rule context="cda:ClinicalDocument"><let name="v0" value="1"/>${doubled.join('')}<assert test="not(cda:title = 'lourd') or count($v40) = 0">x</assert></rule>`;
    const pack = open({ [IHE]: schemaOf(`<pattern>${rule}</pattern>`) }, { memoryMb: 40 });
    const heavy = Buffer.from(makeN3().replace(/<title>Compte[^<]*/u, '<title>lourd'));
    expect(await pack.judge(heavy)).toEqual({
      ok: false,
      code: 'PACK_CRASH',
      message: 'il y faudrait plus de mémoire que n’en donne le banc (40 Mio)',
    });
    expect(await pack.judge(n3)).toMatchObject({ ok: true });
  });

  it('serves again when it was closed', async () => {
    const pack = open();
    await pack.judge(n3);
    await pack.close();
    expect(await pack.judge(n3)).toMatchObject({ ok: true });
  });
});
