/** What a command's exit code answers (contract): 0 yes, 1 no, 2 the question could not be asked. */
export const EXIT = { yes: 0, no: 1, cannotAsk: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
