import type { Command } from './command.ts';

/** Every subcommand; each is loaded only when it is called, so that `verify` never waits for what `check` needs. */
export const COMMANDS = {
  init: {
    summary: 'write a starter policy from the runs and tables found here',
    load: async (): Promise<Command> => (await import('./commands/init.ts')).initCommand,
  },
  check: {
    summary: 'evaluate a run against the policy',
    load: async (): Promise<Command> => (await import('./commands/check.ts')).checkCommand,
  },
  approve: {
    summary: 'sign an approval and commit it',
    load: async (): Promise<Command> => (await import('./commands/approve.ts')).approveCommand,
  },
  reject: {
    summary: 'sign a rejection and commit it',
    load: async (): Promise<Command> => (await import('./commands/reject.ts')).rejectCommand,
  },
  verify: {
    summary: 'say whether the signatures allow this model to go live',
    load: async (): Promise<Command> => (await import('./commands/verify.ts')).verifyCommand,
  },
  release: {
    summary: 'sign a release of policy and signers with a root key',
    load: async (): Promise<Command> => (await import('./commands/release.ts')).releaseCommand,
  },
  rollback: {
    summary: 'go back to the last approved model whose files are there',
    load: async (): Promise<Command> => (await import('./commands/rollback.ts')).rollbackCommand,
  },
  revoke: {
    summary: 'withdraw approvals',
    load: async (): Promise<Command> => (await import('./commands/revoke.ts')).revokeCommand,
  },
  gate: {
    summary: 'print the pipeline step that lets nothing through but what people signed',
    load: async (): Promise<Command> => (await import('./commands/gate.ts')).gateCommand,
  },
  trigger: {
    summary: 'tell the pipeline of an approval in force',
    load: async (): Promise<Command> => (await import('./commands/trigger.ts')).triggerCommand,
  },
  history: {
    summary: 'tell which model was approved where, by whom, on what evidence',
    load: async (): Promise<Command> => (await import('./commands/history.ts')).historyCommand,
  },
  doctor: {
    summary: 'look at what signing and verifying rest on here',
    load: async (): Promise<Command> => (await import('./commands/doctor.ts')).doctorCommand,
  },
  show: {
    summary: 'print what an approval file says',
    load: async (): Promise<Command> => (await import('./commands/show.ts')).showCommand,
  },
} as const;

export type CommandName = keyof typeof COMMANDS;
