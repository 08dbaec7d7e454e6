import { describe, expect, it } from 'vitest';
import { createPopulation } from '#mocks/population/index.ts';
import { Guide, guideHere, guidePatient } from './guided.ts';

const OWNED = ['INS/va1.36.01.01', 'INS/va1.47.01.01'];

describe('the guide of a scenario', () => {
  it('asks for nothing by itself', () => {
    expect(new Guide().reason()).toBeUndefined();
  });

  it('is to be reviewed as soon as it asks for a gesture or a picture', () => {
    const guide = new Guide();
    guide.instruct('ouvre la fiche du patient');
    expect(guide.reason()).toBe('Un testeur doit suivre ce scénario dans le produit.');
    guide.film('INS/va1.36.01.01', ['le nom de naissance'], OWNED);
    guide.film('INS/va1.47.01.01', ['le cadenas'], OWNED);
    guide.film('INS/va1.36.01.01', ['le sexe'], OWNED);
    expect(guide.reason()).toContain('à filmer pour INS/va1.36.01.01, INS/va1.47.01.01 :');
  });

  it('writes each gesture as one sentence', () => {
    const guide = new Guide();
    guide.instruct('ouvre la fiche du patient');
    guide.instruct('attend que la fiche change !');
    expect(guide.steps.map((step) => (step.kind === 'action' ? step.text : ''))).toEqual([
      'Le testeur ouvre la fiche du patient.',
      'Le testeur attend que la fiche change !',
    ]);
  });

  it('refuses a picture for a slot of another scenario, and one that shows nothing', () => {
    const guide = new Guide();
    expect(() => guide.film('INS/va1.01.01.01', ['la fiche'], OWNED)).toThrow(/INS\/va1\.01\.01\.01/);
    expect(() => guide.film('INS/va1.36.01.01', [], OWNED)).toThrow(/sans dire/);
    expect(guide.steps).toEqual([]);
  });

  it('is told in the numbers of the REM in use, without what that REM does not ask for', () => {
    const guide = new Guide();
    guide.instruct('ouvre la fiche');
    guide.film('INS/va1.36.01.01', ['le nom'], OWNED);
    guide.film('INS/va1.47.01.01', ['le cadenas'], OWNED);
    expect(guideHere(guide.steps, new Map([['INS/va1.36.01.01', 'INS/va1.91.01.01']]))).toEqual([
      { kind: 'action', text: 'Le testeur ouvre la fiche.' },
      { kind: 'prise-de-vue', slot: 'INS/va1.91.01.01', shots: ['le nom'] },
    ]);
  });
});

describe('the steps of a person', () => {
  it('are those during which the guide grew', () => {
    const guide = new Guide();
    expect(guide.grown()).toBe(false);
    guide.instruct('ouvre la fiche');
    expect(guide.grown()).toBe(true);
    expect(guide.grown()).toBe(false);
    guide.film('INS/va1.36.01.01', ['le nom'], OWNED);
    expect(guide.grown()).toBe(true);
  });
});

describe('the patient of a guide', () => {
  it('is told with its number in the product only once it has one', () => {
    const [patient] = createPopulation().patients;
    if (!patient) throw new Error('nobody');
    expect(guidePatient(patient, undefined)).not.toHaveProperty('patientId');
    expect(guidePatient(patient, 'P-7')).toMatchObject({ birthName: patient.birthName, patientId: 'P-7' });
    expect(guidePatient(patient, 'P-7')).not.toHaveProperty('card');
  });
});
