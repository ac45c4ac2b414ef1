import { shellWord } from '../../base/shell-word.ts';
import { type Gate, type GateFile, USUAL_POLICY, VERIFIER_VARIABLE } from './gate.ts';

/**
 * The lines that verify, for a POSIX shell at the repository's top level with `set -eu`: they end with the verifier's exit
 * code unless that is 0. What is verified is `HEAD` and the model's bytes; the anchor is fetched anew.
 *
 * @param modelWord the path of those bytes as a word of the shell's, e.g. `"$model"`
 */
export function verifyLines(gate: Gate, modelWord = shellWord(gate.modelPath)): string[] {
  return [...fetchLines(gate.trustedRef), ...verifierLines(gate, modelWord)];
}

/**
 * Goes to the commit that the sign-off named, if it named one in the variable: it is verified like any other, so whoever
 * names another gains nothing.
 */
export function commitLines(): string[] {
  return [
    'commit=$(printenv SIGNOFF_COMMIT || true)',
    `case "$commit" in *[!0-9a-f]*) echo 'SIGNOFF_COMMIT is not the id of a commit.' >&2; exit 2 ;; esac`,
    'if [ -n "$commit" ]; then',
    '  git fetch --quiet origin "$commit"',
    '  git checkout --quiet --detach "$commit"',
    'fi',
  ];
}

/** A remote-tracking branch is as old as the last fetch; whatever else is trusted has to be there already. */
function fetchLines(trustedRef: string): string[] {
  const [, remote, branch] = /^refs\/remotes\/([^/]+)\/(.+)$/.exec(trustedRef) ?? [];
  if (remote === undefined || branch === undefined) return [];
  const refspec = `+refs/heads/${branch}:${trustedRef}`;
  return [
    '# The anchor as it is now. In a shallow checkout history is brought, too: who signed when must be seen whole.',
    'if [ "$(git rev-parse --is-shallow-repository)" = true ]; then deeper=--unshallow; else deeper=; fi',
    `git fetch --quiet --no-tags $deeper -- ${shellWord(remote)} ${shellWord(refspec)}`,
  ];
}

function verifierLines({ verifier, environment, trustedRef, policyPath }: Gate, modelWord: string): string[] {
  const words = [
    ...['verify', '--environment', environment, '--trusted-ref', trustedRef].map(shellWord),
    ...['--model-path', modelWord],
    ...(policyPath === USUAL_POLICY ? [] : ['--policy', shellWord(policyPath)]),
  ];
  if (verifier.kind === 'package') {
    return [
      'tools=$(mktemp -d)',
      `npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$tools" ${shellWord(verifier.specifier)}`,
      `"$tools/node_modules/.bin/signoff" ${words.join(' ')} --recheck`,
    ];
  }
  return [
    'verifier=$(mktemp -d)/signoff-verify.cjs',
    bringLine(verifier.place),
    '# Pinned: another file than this one decides nothing.',
    `printf '%s  %s\\n' ${verifier.sha256} "$verifier" | sha256sum --check --quiet -`,
    `node "$verifier" ${words.join(' ')}`,
  ];
}

function bringLine(place: string | undefined): string {
  if (place === undefined) {
    const address = `"\${${VERIFIER_VARIABLE}:?has to name the address of signoff-verify.cjs}"`;
    return `curl --fail --silent --show-error --location --proto '=https,http' --output "$verifier" -- ${address}`;
  }
  const url = URL.parse(place);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return `cp -- ${shellWord(place)} "$verifier"`;
  return `curl --fail --silent --show-error --location --proto '=${url.protocol.slice(0, -1)}' --output "$verifier" ${shellWord(place)}`;
}

/**
 * What deploys where nobody names a command: the commit's own script, as long as the trusted branch has the same. What was
 * verified are the model's bytes; whoever can push could put the approvals beside a script of their own.
 */
export function usualDeploy(trustedRef: string): string {
  const refusal = shellWord(`deploy.sh is not as ${trustedRef} has it: changes of it have to land there first.`);
  return [
    '# Whoever can push this commit can write its script, so it runs only as the trusted branch has it.',
    `git diff --quiet ${shellWord(trustedRef)} -- deploy.sh || { echo ${refusal} >&2; exit 1; }`,
    './deploy.sh',
  ].join('\n');
}

/** A script for whatever runs shells: it deploys only when the verifier said yes. */
export function shellGate(gate: Gate): GateFile {
  const lines = [
    '#!/bin/sh',
    '# Deploys only what people have signed. Run it at the top level of a checkout of the approvals’ commit.',
    'set -eu',
    ...verifyLines(gate),
    '',
    '# Only here the model is known to be signed off.',
    gate.deploy,
  ];
  return { path: 'deploy-signed.sh', text: `${lines.join('\n')}\n` };
}
