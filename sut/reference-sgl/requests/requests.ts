import { SglError, type Professional, type Result } from '../model/index.ts';

/** A request for tests, and its results once the machines have given them. */
export interface LabRequest {
  id: string;
  patientId: string;
  prescriber?: Professional;
  sampledAt: Date;
  receivedAt: Date;
  results: Result[];
  state: 'recue' | 'a-valider' | 'validee';
}

export interface Requests {
  receive(patientId: string, at: Date, prescriber?: Professional): LabRequest;
  /** @throws {SglError} `DEMANDE_INCONNUE`, `DEMANDE_VALIDEE` */
  enterResults(id: string, results: Result[]): LabRequest;
  /** @throws {SglError} `DEMANDE_INCONNUE`, `DEMANDE_VALIDEE`, `RESULTATS_ABSENTS` */
  validate(id: string): LabRequest;
  /** Back to the state before a validation that could not be carried out. */
  reopen(id: string): LabRequest;
  get(id: string): LabRequest;
  list(): readonly LabRequest[];
}

export function createRequests(): Requests {
  const requests = new Map<string, LabRequest>();

  const get = (id: string): LabRequest => {
    const request = requests.get(id);
    if (request) return request;
    throw new SglError('DEMANDE_INCONNUE', 'Cette demande n’existe pas.', 'Choisissez une demande de la liste.');
  };
  const open = (id: string): LabRequest => {
    const request = get(id);
    if (request.state !== 'validee') return request;
    throw new SglError('DEMANDE_VALIDEE', 'Cette demande est déjà validée.', 'Créez une nouvelle demande.');
  };
  const save = (request: LabRequest): LabRequest => {
    requests.set(request.id, request);
    return request;
  };

  return {
    receive: (patientId, at, prescriber) =>
      save({
        id: `DEM${String(requests.size + 1).padStart(6, '0')}`,
        patientId,
        ...(prescriber && { prescriber }),
        sampledAt: at,
        receivedAt: at,
        results: [],
        state: 'recue',
      }),
    enterResults: (id, results) => save({ ...open(id), results, state: 'a-valider' }),
    validate(id) {
      const request = open(id);
      if (request.results.length > 0) return save({ ...request, state: 'validee' });
      throw new SglError('RESULTATS_ABSENTS', 'Cette demande n’a pas de résultat.', 'Saisissez les résultats.');
    },
    reopen: (id) => save({ ...get(id), state: 'a-valider' }),
    get,
    list: () => [...requests.values()],
  };
}
