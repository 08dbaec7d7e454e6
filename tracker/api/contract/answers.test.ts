import { describe, expect, it } from 'vitest';
import { createAnswers } from './answers.ts';

const bytes = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array(size);

describe('remembered answers', () => {
  it('are made once for those who ask at the same time, and again after a change', async () => {
    const answers = createAnswers();
    let made = 0;
    const make = async () => {
      made += 1;
      await Promise.resolve();
      return bytes(made);
    };
    const [one, two] = await Promise.all([answers.given('a', 1, make), answers.given('a', 1, make)]);
    expect([made, one, two]).toEqual([1, bytes(1), bytes(1)]);
    expect(await answers.given('a', 1, make)).toEqual(bytes(1));
    expect(await answers.given('a', 2, make)).toEqual(bytes(2));
    expect(await answers.given('b', 2, make)).toEqual(bytes(3));
  });

  it('are not remembered when they failed', async () => {
    const answers = createAnswers();
    await expect(answers.given('a', 1, () => Promise.reject(new Error('non')))).rejects.toThrow('non');
    expect(await answers.given('a', 1, async () => bytes(1))).toEqual(bytes(1));
  });

  it('are kept within bounds, the ones asked for last', async () => {
    const answers = createAnswers();
    const large = 20 * 1024 * 1024;
    let made = 0;
    const ask = (key: string) =>
      answers.given(key, 1, async () => {
        made += 1;
        return bytes(large);
      });
    for (const key of ['a', 'b', 'c', 'a', 'd']) await ask(key);
    expect(made).toBe(4);
    await ask('a');
    expect(made).toBe(4);
    await ask('b');
    expect(made).toBe(5);
  });
});
