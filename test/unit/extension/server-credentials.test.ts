import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type CredentialSurroundings,
  type OriginList,
  originOf,
  ServerCredentials,
} from '../../../src/extension/credentials/server-credentials.ts';
import { hostCredentials } from '../../../src/extension/engine/host-credentials.ts';

const ORIGIN = 'https://mlflow.example:8443';
const TOKEN = { kind: 'bearer', token: 's3cret' } as const;

interface Played {
  readonly credentials: ServerCredentials;
  readonly secrets: Map<string, string>;
  readonly questions: string[];
  readonly counts: { changes: number };
}

function played(
  changes: Partial<CredentialSurroundings> = {},
  kept: Pick<Played, 'secrets'> & { stored: OriginList } = { secrets: new Map(), stored: list() },
): Played & { stored: OriginList } {
  const questions: string[] = [];
  const counts = { changes: 0 };
  const { secrets, stored } = kept;
  const credentials = new ServerCredentials({
    secrets: {
      get: async (key) => secrets.get(key),
      store: async (key, value) => void secrets.set(key, value),
      delete: async (key) => void secrets.delete(key),
    },
    stored,
    allowed: list(),
    trust: () => 'trusted',
    confirm: async (origin) => {
      questions.push(origin);
      return 'agreed';
    },
    onChange: () => {
      counts.changes += 1;
    },
    ...changes,
  });
  return { credentials, secrets, questions, counts, stored };
}

function list(): OriginList {
  let origins: readonly string[] = [];
  return {
    get: () => origins,
    set: async (newer) => {
      origins = newer;
    },
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('credentials of tracking servers', () => {
  test('are given where they were typed, to their origin only, without a question', async () => {
    const { credentials, questions } = played();
    await credentials.set(ORIGIN, TOKEN);
    assert.deepEqual(await credentials.credentialFor(ORIGIN), TOKEN);
    for (const other of [
      'https://mlflow.example',
      'http://mlflow.example:8443',
      'https://evil.example:8443',
      'nothing',
    ]) {
      assert.equal(await credentials.credentialFor(other), undefined, other);
    }
    assert.deepEqual(questions, []);
  });

  test('are waited for where something is about to be sent, and asked for again after a no', async () => {
    const typed = played();
    await typed.credentials.set(ORIGIN, TOKEN);
    const answers = ['declined', 'agreed'] as const;
    let asked = 0;
    const confirm = async () => answers[asked++] ?? 'declined';
    const { credentials, counts } = played({ confirm }, typed);
    assert.equal(await credentials.settle('https://other.example'), 'agreed');
    assert.equal(await credentials.settle(`${ORIGIN}/tracking`), 'declined');
    assert.equal(credentials.maySend(ORIGIN), false);
    assert.equal(await credentials.credentialFor(ORIGIN), undefined);
    assert.equal(await credentials.settle(ORIGIN), 'agreed');
    assert.equal(credentials.maySend(ORIGIN), true);
    assert.deepEqual(await credentials.credentialFor(ORIGIN), TOKEN);
    assert.equal(await credentials.settle(ORIGIN), 'agreed');
    assert.deepEqual([asked, counts.changes], [2, 1]);
  });

  test('are sent for another workspace only once its person agreed, who is asked once', async () => {
    const typed = played();
    await typed.credentials.set(ORIGIN, TOKEN);
    const { credentials, questions, counts } = played({}, typed);
    assert.equal(await credentials.credentialFor(ORIGIN), undefined);
    await settled();
    assert.deepEqual(questions, [ORIGIN]);
    assert.equal(counts.changes, 1, 'who looks again gets it now');
    assert.deepEqual(await credentials.credentialFor(ORIGIN), TOKEN);
    assert.deepEqual(questions, [ORIGIN]);
  });

  test('stay where they are when the person declines, who is not asked at every look', async () => {
    const typed = played();
    await typed.credentials.set(ORIGIN, TOKEN);
    let asked = 0;
    const confirm = async (): Promise<'declined'> => {
      asked += 1;
      return 'declined';
    };
    const { credentials, counts } = played({ confirm }, typed);
    for (let look = 0; look < 3; look += 1) {
      assert.equal(await credentials.credentialFor(ORIGIN), undefined);
      await settled();
    }
    assert.deepEqual([asked, counts.changes], [1, 0]);
  });

  test('never leave an untrusted workspace, and nobody is asked there', async () => {
    const typed = played();
    await typed.credentials.set(ORIGIN, TOKEN);
    const { credentials, questions } = played({ trust: () => 'untrusted' }, typed);
    assert.equal(await credentials.credentialFor(ORIGIN), undefined);
    assert.deepEqual(questions, []);
  });

  test('are gone once they are forgotten', async () => {
    const { credentials, secrets } = played();
    await credentials.set(ORIGIN, TOKEN);
    assert.deepEqual(credentials.origins(), [ORIGIN]);
    await credentials.forget(ORIGIN);
    assert.deepEqual(
      [credentials.origins(), secrets.size, await credentials.credentialFor(ORIGIN)],
      [[], 0, undefined],
    );
  });

  test('that can’t be understood are none', async () => {
    const { credentials, secrets } = played();
    await credentials.set(ORIGIN, TOKEN);
    const [key] = secrets.keys();
    for (const text of ['', 'null', '{"kind":"basic","user":"ana"}', '{"kind":"bearer","token":7}']) {
      secrets.set(key ?? '', text);
      assert.equal(await credentials.credentialFor(ORIGIN), undefined, text);
    }
  });

  test('belong to an origin as browsers write it', () => {
    assert.equal(originOf('HTTPS://MLflow.example:443/path?q'), 'https://mlflow.example');
    assert.equal(originOf('http://ana:pass@127.0.0.1:5000'), 'http://127.0.0.1:5000');
    for (const other of ['mlruns', 'sqlite:///mlflow.db', 'file:///mlruns', ''])
      assert.equal(originOf(other), undefined);
  });
});

describe('the engine’s questions for credentials', () => {
  test('get each its own answer, in whatever order these come', async () => {
    const asked: [number, string][] = [];
    const host = hostCredentials((id, origin) => asked.push([id, origin]));
    const one = host.credentialFor('https://one.example');
    const two = host.credentialFor('https://two.example');
    const [[first = 0] = [], [second = 0] = []] = asked;
    host.receive(second, undefined);
    host.receive(first, TOKEN);
    host.receive(99, TOKEN);
    assert.deepEqual([await one, await two], [TOKEN, undefined]);
  });
});
