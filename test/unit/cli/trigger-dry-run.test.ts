import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { commandInput } from '../../../src/cli/command.ts';
import { triggerCommand } from '../../../src/cli/commands/trigger.ts';
import { PLAIN_STYLE } from '../../../src/report/terminal-style.ts';
import { approvedProject } from '../pipeline/support/approved-project.ts';
import { standIn } from '../pipeline/support/stand-in.ts';
import { SYSTEMS } from '../pipeline/support/systems.ts';

const JENKINS = SYSTEMS.find(({ name }) => name === 'Jenkins, a waiting input');

/** What `signoff trigger --dry-run` prints, with these variables and no others that name a server. */
async function dryRun(context: TestContext, folder: string, variables: Readonly<Record<string, string>>) {
  const before = { ...process.env };
  const unset = Object.keys(before).filter((name) => /^(?:GITHUB|GH|GITLAB|CI|JENKINS|MLFLOW|KFP|ARGO)_/.test(name));
  for (const name of unset) delete process.env[name];
  Object.assign(process.env, variables);
  context.after(() => {
    for (const name of Object.keys(variables)) delete process.env[name];
    Object.assign(process.env, before);
  });
  let printed = '';
  const terminal = {
    ...{ style: PLAIN_STYLE, note: () => undefined, reportProgress: () => undefined, endProgress: () => undefined },
    print: (text: string) => {
      printed += text;
    },
  };
  const signal = new AbortController().signal;
  const code = await triggerCommand.run(commandInput({ 'dry-run': true }, []), { terminal, signal, folder });
  assert.equal(code, 0);
  return printed;
}

test('a dry run looks what waits where the environment has a credential, only reading, and tells the rest without', async (context) => {
  assert.ok(JENKINS !== undefined);
  const server = await standIn(context, JENKINS.rule);
  const other = await standIn(context, () => ({ status: 500 }));
  const { folder } = await approvedProject(context, [JENKINS.target(server.url), JENKINS.target(other.url)]);
  const credentials = { JENKINS_URL: server.url, JENKINS_USER_ID: 'ana', JENKINS_API_TOKEN: 'S3CRET-token' };
  const printed = await dryRun(context, folder, credentials);
  assert.match(printed, /^ {2}POST \S+\/job\/deploy\/4\/input\/ModelSignOff\/proceed$/m, 'the build that waits');
  assert.match(printed, /^ {2}What waits there is not looked up: the environment has no credential for that server/m);
  assert.match(printed, /^ {2}POST \S+<the waiting build>/m);
  assert.ok(server.asked.length > 0 && server.asked.every(({ method }) => method === 'GET'));
  assert.deepEqual(other.asked, []);
  assert.doesNotMatch(printed, /S3CRET/);
  server.trouble = () => 'cut';
  const offline = await dryRun(context, folder, credentials);
  assert.match(offline, /^ {2}\S.*127\.0\.0\.1.*(?:answer|reach|broke)/m, 'what could not be found out is said');
  assert.match(offline, /^ {2}SIGNOFF_COMMIT=[0-9a-f]{40}$/m, 'and the rest is shown');
});
