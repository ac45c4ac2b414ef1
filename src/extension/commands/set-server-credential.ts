import type { Credential } from '../../base/http-credential.ts';
import { fail, succeed } from '../../base/result.ts';
import { pipelineServers } from '../../pipeline/servers.ts';
import { originOf } from '../credentials/server-credentials.ts';
import { COMMANDS } from '../ids.ts';
import { runSteps, type Step } from '../prompts/steps.ts';
import { map } from '../sign-off/questions.ts';
import { untrusted } from '../state/signoff-state.ts';
import { t } from '../translation.ts';
import type { Command, Services } from './command.ts';
import { needSoundPolicy } from './needs.ts';

interface Typed {
  readonly kind?: Credential['kind'];
  readonly token?: string;
  readonly user?: string;
  readonly password?: string;
}

/** Stores what proves to a server of the policy, of runs or of pipelines, who asks. It goes to the system's keyring, never into a file. */
export const setServerCredential: Command = {
  id: COMMANDS.setServerCredential,
  run: async (services) => {
    if (services.editor.trust() === 'untrusted') return { ok: false, problem: untrusted() };
    const policyFile = await needSoundPolicy(services);
    if (!policyFile.ok) return policyFile;
    const servers = serversOf(services);
    if (servers.length === 0) {
      return fail('no-server', t('The policy names no server of runs or pipelines, so no credential is needed.'));
    }
    const origin = await chooseServer(services, servers);
    if (origin === undefined) return undefined;
    const typed = await runSteps<Typed>({}, ({ kind }) => [
      askKind(services, origin),
      ...(kind === 'basic'
        ? [askText(services, origin, 'user'), askText(services, origin, 'password')]
        : [askText(services, origin, 'token')]),
    ]);
    const credential = typed === undefined ? undefined : credentialOf(typed);
    if (credential === undefined) return undefined;
    await services.credentials.set(origin, credential);
    return succeed(origin);
  },
};

interface Server {
  readonly origin: string;
  readonly use: string;
}

/** The tracking server, and those of the pipelines. */
function serversOf({ state }: Services): Server[] {
  const { policy } = state.snapshot;
  if (policy === undefined) return [];
  const runs = 'mlflow' in policy.run ? originOf(policy.run.mlflow) : undefined;
  const pipelines = pipelineServers(policy).filter(({ origin }) => origin !== runs);
  return [
    ...(runs === undefined ? [] : [{ origin: runs, use: t('runs') }]),
    ...pipelines.map(({ origin, system }) => ({ origin, use: t('pipeline: {0}', system) })),
  ];
}

async function chooseServer({ prompts }: Services, servers: readonly Server[]): Promise<string | undefined> {
  if (servers.length === 1) return servers[0]?.origin;
  const answer = await prompts.pickOne({
    title: t('Set Server Credential'),
    placeholder: t('For which server?'),
    choices: servers.map(({ origin, use }) => ({ value: origin, label: origin, description: use, icon: 'server' })),
  });
  return answer.kind === 'given' ? answer.value : undefined;
}

function credentialOf({ kind, token, user, password }: Typed): Credential | undefined {
  if (kind === 'bearer' && token !== undefined) return { kind, token };
  return kind === 'basic' && user !== undefined && password !== undefined ? { kind, user, password } : undefined;
}

function askKind({ prompts }: Services, origin: string): Step<Typed> {
  return {
    id: 'kind',
    ask: async (typed, place) => {
      const answer = await prompts.pickOne<Credential['kind']>({
        title: t('Set Server Credential'),
        placeholder: t('What does {0} ask for?', origin),
        place,
        choices: [
          { value: 'bearer', label: t('A token'), icon: 'key', chosen: typed.kind === 'bearer' },
          { value: 'basic', label: t('A user name and a password'), icon: 'person', chosen: typed.kind === 'basic' },
        ],
      });
      return map(answer, (kind) => ({ kind }));
    },
  };
}

function askText({ prompts }: Services, origin: string, field: 'token' | 'user' | 'password'): Step<Typed> {
  const words = {
    token: t('The token for {0}. It goes to the system’s keyring, and is sent to this server only.', origin),
    user: t('The user name for {0}.', origin),
    password: t('The password for {0}. It goes to the system’s keyring, and is sent to this server only.', origin),
  };
  return {
    id: field,
    ask: async (typed, place) => {
      const answer = await prompts.ask({
        title: t('Set Server Credential'),
        prompt: words[field],
        place,
        ...(field === 'user' ? {} : { shown: 'as dots' as const }),
        check: (text) => complaintAbout(text, field),
      });
      return map(answer, (text) => ({ ...typed, [field]: field === 'token' ? text.trim() : text }));
    },
  };
}

function complaintAbout(text: string, field: 'token' | 'user' | 'password'): string | undefined {
  if (text.trim() === '') return t('It can’t be empty.');
  if (/\p{Cc}/u.test(text.trim())) return t('It holds a character that can’t be sent.');
  return field === 'user' && text.includes(':') ? t('A user name can’t hold a colon.') : undefined;
}
