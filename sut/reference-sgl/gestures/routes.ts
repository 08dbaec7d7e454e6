import { Ajv, type ValidateFunction } from 'ajv';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Laboratory } from '../app/laboratory.ts';
import { WatchedFaults } from '../faults/index.ts';
import { asSglError, describeError, Refusal } from '../model/index.ts';
import { Unsupported } from './authentication.ts';
import { createGestures } from './gestures.ts';
import { INPUT_SCHEMAS, type GestureName } from './schemas.ts';

const MAX_INPUT_BYTES = 1024 * 1024;

/**
 * `POST /gestures/{name}` and `GET /identity`: the surface by which another program drives this system. `GET
 * /faults/asked`: when the way it works depended on a fault, for whoever chooses what to play with each.
 * 200 with the output; 400 unreadable or wrong input; 409 this system would not, and says why; 422 the gesture failed;
 * 501 this system does not do it.
 * Only JSON is taken, which a page of another site cannot send without asking.
 */
export function gestureRoutes(lab: Laboratory): Hono {
  const ajv = new Ajv({ allErrors: true, strict: false });
  const validators = new Map<string, ValidateFunction>(
    Object.entries(INPUT_SCHEMAS).map(([name, schema]) => [name, ajv.compile(schema)]),
  );
  const gestures = createGestures(lab);
  const routes = new Hono();

  routes.get('/identity', (context) => {
    const { name, version, editor } = lab.config.product;
    return context.json({ name, version, build: `${version}+node.${process.versions.node}`, editor });
  });

  routes.get('/faults/asked', (context) => context.json(lab.faults instanceof WatchedFaults ? lab.faults.asked() : {}));

  routes.post(
    '/gestures/:name',
    bodyLimit({
      maxSize: MAX_INPUT_BYTES,
      onError: (context) => context.json(wrongInput('Les données dépassent 1 Mio.'), 400),
    }),
    async (context) => {
      const name = context.req.param('name');
      // Read before any answer: a body left unread makes the server cut the connection half a second later, under
      // whatever gesture is then being done.
      const input: unknown = await context.req.json().catch(() => undefined);
      const validate = validators.get(name);
      if (!validate) {
        const reason =
          name === 'configure'
            ? 'Ce logiciel se configure par son fichier de configuration, au démarrage.'
            : `Ce logiciel ne connaît pas le geste « ${name.slice(0, 40)} ».`;
        return context.json({ reason }, 501);
      }
      if (!/^application\/json\b/i.test(context.req.header('content-type') ?? '')) {
        return context.json(wrongInput('Le corps de la demande doit être du JSON (application/json).'), 400);
      }
      if (!validate(input)) {
        const problems = (validate.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message ?? ''}`);
        return context.json(wrongInput(`Données du geste ${name} invalides : ${problems.join(' ; ')}.`), 400);
      }
      try {
        const gesture = gestures[name as GestureName] as (input: unknown) => Promise<object> | object;
        return context.json(await gesture(input));
      } catch (error) {
        if (error instanceof Unsupported) return context.json({ reason: error.message }, 501);
        if (error instanceof Refusal) {
          const message = lab.faults.has('ins-refus-muet') ? '' : `${error.message} ${error.remedy}`.trim();
          return context.json({ message }, 409);
        }
        const { code, message, remedy } = asSglError(error);
        lab.log.warn({ error: describeError(error), gesture: name }, 'geste en échec');
        return context.json({ code, reason: message, remedy }, 422);
      }
    },
  );
  return routes;
}

function wrongInput(reason: string): object {
  return { code: 'ENTREE_INVALIDE', reason, remedy: 'Corrigez les données envoyées au geste.' };
}
