import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScratchRepository } from './scratch-repository.ts';

const HOOKS = [
  'reference-transaction',
  'post-index-change',
  'pre-commit',
  'prepare-commit-msg',
  'commit-msg',
  'post-commit',
  'post-checkout',
  'post-rewrite',
  'fsmonitor-watchman',
  'pre-push',
  'pre-auto-gc',
];

/**
 * Names a program wherever a repository's own configuration, hooks and attributes let it, and gives a function that lists
 * those that have run.
 */
export function makeHostile(repository: ScratchRepository, traces: string): () => string[] {
  const program = join(traces, 'evil.sh');
  writeFileSync(program, `#!/bin/sh\ntouch "${traces}/ran-$1"\nexit 0\n`, { mode: 0o755 });
  const settings: Record<string, string> = {
    'core.fsmonitor': `${program} fsmonitor`,
    'core.sshCommand': `${program} ssh`,
    'core.pager': `${program} pager`,
    'core.editor': `${program} editor`,
    'core.askPass': `${program} askpass`,
    'filter.evil.clean': `${program} clean`,
    'filter.evil.smudge': `${program} smudge`,
    'filter.evil.process': `${program} process`,
    'diff.evil.textconv': `${program} textconv`,
    'diff.external': `${program} extdiff`,
    'gpg.program': `${program} gpg`,
    'gpg.ssh.program': `${program} gpgssh`,
    'gpg.ssh.defaultKeyCommand': `${program} keycommand`,
    'log.showSignature': 'true',
    'credential.helper': `!${program} credential`,
    'extensions.partialClone': 'origin',
    'remote.origin.url': 'ssh://example.invalid/x',
    'remote.origin.promisor': 'true',
    'core.alternateRefsCommand': `${program} alternates`,
    'uploadpack.packObjectsHook': `${program} packobjects`,
    'gpg.x509.program': `${program} gpgx509`,
    'gpg.openpgp.program': `${program} gpgopenpgp`,
    'merge.evil.driver': `${program} merge`,
    'diff.evil.command': `${program} diffcommand`,
    'core.gitProxy': `${program} proxy`,
    'core.hooksPath': join(repository.folder, '.git/hooks'),
    'alias.cat-file': `!${program} alias`,
    'alias.rev-parse': `!${program} alias`,
    'interactive.diffFilter': `${program} difffilter`,
    'sequence.editor': `${program} sequence`,
    'remote.origin.uploadpack': `${program} uploadpack`,
    'remote.origin.receivepack': `${program} receivepack`,
  };
  for (const [name, value] of Object.entries(settings)) repository.git('config', name, value);
  writeFileSync(join(repository.folder, '.git/info/attributes'), '* filter=evil diff=evil merge=evil ident text\n');
  mkdirSync(join(repository.folder, '.git/hooks'), { recursive: true });
  for (const hook of HOOKS) {
    writeFileSync(join(repository.folder, '.git/hooks', hook), `#!/bin/sh\ntouch "${traces}/ran-${hook}"\nexit 1\n`, {
      mode: 0o755,
    });
  }
  return () => readdirSync(traces).filter((name) => name.startsWith('ran-'));
}
