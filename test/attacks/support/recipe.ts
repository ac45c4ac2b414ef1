import type { ApprovalFile } from '../../../src/approval/read-approvals.ts';
import type { VerifyRequest } from '../../../src/approval/verify.ts';
import { FILES } from '../../unit/approval/support/sign-off-case.ts';

/** A folder of files: path -> content. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A small repository and the question that a pipeline asks about it. What is left out is as an honest team has it. */
export interface Recipe {
  /** The policy and the signers that the trusted branch holds; HEAD holds the same. */
  readonly policy?: string;
  readonly signers?: string;
  /** What HEAD holds instead, where somebody changed it there. */
  readonly headPolicy?: string;
  readonly headSigners?: string;
  /** Approvals that `inHead` puts into HEAD, else into the trusted branch alone. Without content it becomes a symlink. */
  readonly approvals: readonly ApprovalFile[];
  readonly assessments?: readonly Uint8Array[];
  /** Changes the bytes that lie where a signed assessment should. */
  readonly doctored?: (bytes: Uint8Array) => Uint8Array;
  /** Further files of HEAD. */
  readonly files?: Files;
  /** The files to deploy, as they are on disk and in HEAD; the trusted branch has those that were signed. */
  readonly model?: Files;
  /** How the question names the model, where not as `model`: relative to the top level. */
  readonly modelAt?: string;
  /** Who committed the signed model and the policy, and who trained the run. */
  readonly author?: string;
  readonly trainer?: string;
  readonly question?: Partial<Omit<VerifyRequest, 'repository'>>;
  /** A last change to the work tree or to `.git`. */
  readonly afterwards?: (folder: string) => void;
}

/** What people have signed: the content behind the digests of `FILES`. */
export const SIGNED_MODEL: Files = { [FILES[0].name]: 'flavors: {}', [FILES[1].name]: 'weights' };
/** The content behind the digests of `OTHER_FILES`. */
export const OTHER_SIGNED_MODEL: Files = { ...SIGNED_MODEL, [FILES[1].name]: 'other weights' };
