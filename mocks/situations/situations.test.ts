import { describe, expect, it } from 'vitest';
import { BadSituation, createSituations, UnknownSituation } from './index.ts';

function table() {
  const situations = createSituations();
  situations.announce('insi', ['code-01', 'code-02', 'latence']);
  return situations;
}

describe('situations', () => {
  it('plays nothing until told', () => {
    expect(table().take('insi', 'nominal-01')).toBeUndefined();
  });

  it('refuses a name that no mock announced, and says which exist', () => {
    const situations = table();
    expect(() => situations.set({ service: 'insi', situation: 'code-99' })).toThrow(UnknownSituation);
    expect(() => situations.set({ service: 'insi', situation: 'code-99' })).toThrow(/code-01, code-02/);
    expect(() => situations.set({ service: 'dmp', situation: 'code-01' })).toThrow(UnknownSituation);
  });

  it('counts plays down, then the plain answer comes back', () => {
    const situations = table();
    situations.set({ service: 'insi', about: 'nominal-01', situation: 'code-02', times: 2 });
    const played = [1, 2, 3].map(() => situations.take('insi', 'nominal-01')?.situation);
    expect(played).toEqual(['code-02', 'code-02', undefined]);
  });

  it('plays counted entries in order before the lasting one, and the last lasting one wins', () => {
    const situations = table();
    situations.set({ service: 'insi', about: 'p', situation: 'latence' });
    situations.set({ service: 'insi', about: 'p', situation: 'code-02', times: 1 });
    situations.set({ service: 'insi', about: 'p', situation: 'code-01', times: 1 });
    situations.set({ service: 'insi', about: 'p', situation: 'code-02' });
    const played = [1, 2, 3, 4].map(() => situations.take('insi', 'p')?.situation);
    expect(played).toEqual(['code-02', 'code-01', 'code-02', 'code-02']);
  });

  it('keeps subjects and services apart, and plays for everybody last', () => {
    const situations = table();
    situations.set({ service: 'insi', situation: 'latence' });
    situations.set({ service: 'insi', about: 'p', situation: 'code-01', times: 1 });
    expect(situations.take('insi', 'other')?.situation).toBe('latence');
    expect(situations.take('insi', 'p')?.situation).toBe('code-01');
    expect(situations.take('insi', 'p')?.situation).toBe('latence');
    expect(situations.take('dmp', 'p')).toBeUndefined();
  });

  it('leaves untouched what another step of the dialogue must play', () => {
    const situations = table();
    situations.set({ service: 'insi', about: 'p', situation: 'code-02', times: 1 });
    expect(situations.take('insi', 'p', ['latence'])).toBeUndefined();
    expect(situations.take('insi', 'p', ['latence', 'code-02'])?.situation).toBe('code-02');
  });

  it('looks for several subjects before everybody', () => {
    const situations = table();
    situations.set({ service: 'insi', situation: 'latence' });
    situations.set({ service: 'insi', about: 'professionnel', situation: 'code-02', times: 1 });
    expect(situations.take('insi', ['patient', 'professionnel'])?.situation).toBe('code-02');
    expect(situations.take('insi', ['patient', 'professionnel'])?.situation).toBe('latence');
  });

  it('lists what is left and takes it away', () => {
    const situations = table();
    situations.set({ service: 'insi', about: 'P', situation: 'code-02', times: 2 });
    situations.set({ service: 'insi', situation: 'latence' });
    situations.set({ service: 'insi', about: 'q', situation: 'latence' });
    situations.take('insi', 'p');
    expect(situations.list()).toEqual([
      { service: 'insi', about: 'P', situation: 'code-02', times: 1 },
      { service: 'insi', situation: 'latence' },
      { service: 'insi', about: 'q', situation: 'latence' },
    ]);
    expect(situations.remove({ service: 'insi', about: null })).toBe(1);
    expect(situations.remove({ service: 'insi', about: 'p', situation: 'latence' })).toBe(0);
    expect(situations.remove({ about: 'p' })).toBe(1);
    expect(situations.remove({})).toBe(1);
    expect(situations.list()).toEqual([]);
  });

  it('refuses parameters that cannot be played, in the words of who plays them', () => {
    const situations = table();
    situations.announce('insi', ['suites'], ({ parameters }) =>
      parameters?.['suites'] === undefined ? '« suites » manque' : undefined,
    );
    // Announced again by another listener of the service: the rule stays.
    situations.announce('insi', ['suites']);
    expect(() => situations.set({ service: 'insi', situation: 'suites' })).toThrow(BadSituation);
    expect(() => situations.set({ service: 'insi', situation: 'suites' })).toThrow(/« suites » manque/);
    for (const parameters of [{ delay: 50 }, { delayMs: 5, suites: 'x' }]) {
      const slow = { service: 'insi', situation: 'latence', parameters } as const;
      expect(() => situations.set(slow)).toThrow(
        /paramètre inconnu : « (delay|suites) » ; paramètres connus : delayMs/,
      );
    }
    for (const delayMs of [-1, Number.NaN, 600_001, 'x', true]) {
      const slow = { service: 'insi', situation: 'latence', parameters: { delayMs } } as const;
      expect(() => situations.set(slow)).toThrow(/« delayMs » est un nombre de millisecondes/);
    }
    expect(situations.list()).toEqual([]);
  });

  it('forgets everything at reset but keeps the announced names', () => {
    const situations = table();
    situations.set({ service: 'insi', situation: 'latence' });
    situations.reset();
    expect(situations.take('insi', undefined)).toBeUndefined();
    expect(situations.known('insi')).toContain('latence');
  });
});
