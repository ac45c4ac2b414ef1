import { devNull } from 'node:os';

/** Git variables that belong to the user and not to the hook or script that we may have been started from. */
const GIT_VARIABLES_KEPT = new Set([
  'GIT_ASKPASS',
  'GIT_AUTHOR_DATE',
  'GIT_AUTHOR_EMAIL',
  'GIT_AUTHOR_NAME',
  'GIT_COMMITTER_DATE',
  'GIT_COMMITTER_EMAIL',
  'GIT_COMMITTER_NAME',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CONFIG_SYSTEM',
  'GIT_SSH',
  'GIT_SSH_COMMAND',
  'GIT_SSH_VARIANT',
  'GIT_TERMINAL_PROMPT',
]);

/** What a program needs on Windows to start at all. */
const WINDOWS_VARIABLES = ['SystemRoot', 'SYSTEMROOT', 'TEMP', 'TMP', 'PATHEXT'];

/**
 * For reading: nothing of the user's or of the machine's configuration, no replaced objects, no grafted
 * parents, no fetching of missing objects, no prompts. A verdict must not depend on who asks, and a repository must not make us run its programs.
 */
export function scrubbedEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'] ?? process.env['Path'],
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: devNull,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_TERMINAL_PROMPT: '0',
    TZ: 'UTC',
    LC_ALL: 'C',
  };
  if (process.platform === 'win32') {
    for (const name of WINDOWS_VARIABLES) if (process.env[name] !== undefined) environment[name] = process.env[name];
  }
  return environment;
}

/**
 * For signing, committing and pushing: the user's own set-up (identity, agent, askpass, proxy), but without the
 * `GIT_INDEX_FILE`, `GIT_DIR` and the like that git exports to hooks and that would point our calls elsewhere.
 */
export function userEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (name.toUpperCase().startsWith('GIT_') && !GIT_VARIABLES_KEPT.has(name.toUpperCase())) continue;
    environment[name] = value;
  }
  // Git's words are recognised below (locks, rejected pushes), so they must not be translated.
  environment['LC_ALL'] = 'C';
  environment['GIT_LITERAL_PATHSPECS'] = '1';
  return environment;
}
