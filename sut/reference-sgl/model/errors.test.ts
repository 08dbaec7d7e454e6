import { expect, it } from 'vitest';
import { asSglError, describeError, SglError } from './index.ts';

it('keeps of an error its names, codes and messages, and nothing that hangs on it', () => {
  const cause = Object.assign(new Error('réponse refusée'), { code: 'OAUTH', body: { access_token: 'jeton-secret' } });
  const error = new SglError('PSC_ECHEC', 'Identité non vérifiée.', 'Recommencez.', { cause });
  expect(describeError(error)).toEqual([
    { name: 'SglError', message: 'Identité non vérifiée.', code: 'PSC_ECHEC' },
    { name: 'Error', message: 'réponse refusée', code: 'OAUTH' },
  ]);
});

it('ends on causes that turn in circles', () => {
  const error = new Error('a');
  error.cause = error;
  expect(describeError(error)).toHaveLength(5);
});

it('shows nothing of an unexpected error to the user', () => {
  expect(asSglError(new Error('ENOENT /etc/secret')).message).not.toContain('secret');
});
