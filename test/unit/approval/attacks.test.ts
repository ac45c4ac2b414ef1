import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RefusalCode } from '../../../src/approval/refusal-codes.ts';
import { sha256Hex } from '../../../src/base/hashing.ts';
import type { Outcome } from '../../../src/checks/outcome.ts';
import { parseAssessment } from '../../../src/checks/serialise.ts';
import { modelIdOf } from '../../../src/evidence/model-files.ts';
import {
  ana,
  ben,
  ci,
  codesOf,
  DPIA,
  eve,
  FILES,
  MODEL,
  makeWorld,
  mallory,
  NOW,
  OTHER_FILES,
  OTHER_MODEL,
  POLICY,
  type Question,
  SIGNERS,
  type Signing,
} from './support/sign-off-case.ts';

const world = makeWorld();
const { sign, assess } = world;
const goodAna = sign({ by: ana });
const goodBen = sign({ by: ben });

interface Attack {
  readonly name: string;
  readonly question: Question;
  readonly code: RefusalCode;
  readonly policy?: string;
}

/** Ben's approval is replaced by a forged one: the risk seat must stay empty, for the reason given. */
function forgedBen(
  name: string,
  code: RefusalCode,
  signing: Partial<Signing>,
  question: Partial<Question> = {},
): Attack {
  return { name, code, question: { files: [goodAna, sign({ by: ben, ...signing })], ...question } };
}

/** Both approve, but under other circumstances than those that are judged. */
function bothSay(
  name: string,
  code: RefusalCode,
  predicate: Signing['predicate'],
  question: Partial<Question> = {},
): Attack {
  const files = [sign({ by: ana, predicate: { ...predicate } }), sign({ by: ben, predicate: { ...predicate } })];
  return { name, code, question: { files, ...question } };
}

/** Both sign an assessment in which something is not as it should be. */
function bothSignAssessment(
  name: string,
  code: RefusalCode,
  bytes: Uint8Array,
  predicate: Signing['predicate'] = {},
  question: Partial<Question> = {},
): Attack {
  const both = { assessment: { sha256: sha256Hex(bytes) }, ...predicate };
  return bothSay(name, code, both, { assessments: [bytes], ...question });
}

function edited(from: string, to: string): (bytes: Buffer) => Uint8Array {
  return (bytes) => {
    assert.ok(bytes.includes(from), `the test's own text "${from}" is there`);
    return Buffer.from(bytes.toString('utf8').replace(from, to), 'utf8');
  };
}

const day = (offset: number) => new Date(NOW + offset * 86_400_000).toISOString().slice(0, 10);
const instant = (offset: number) => `${new Date(NOW + offset).toISOString().slice(0, 19)}Z`;
const failing = assess({ auc: 'fail' });
const uncertain = assess({ auc: 'uncertain' });
const ofFailing = { assessment: { sha256: sha256Hex(failing) } };
const reject = (by: typeof ana, predicate: Signing['predicate'] = {}, more: Partial<Signing> = {}) =>
  sign({ by, ...more, predicate: { decision: 'reject', attestations: [], comment: 'unfair', ...predicate } });
function withOutcomes(change: (outcomes: readonly Outcome[]) => Outcome[]): Uint8Array {
  const outcomes = parseAssessment(assess()).value?.outcomes ?? [];
  return assess({}, { outcomes: change(outcomes) });
}
const waiver = { check: 'auc', reason: 'known dip', until: day(10) };

const otherAssessment = assess({}, { model_id: OTHER_MODEL.modelId, baseline: MODEL.modelId });
const other = { assessment: { sha256: sha256Hex(otherAssessment) } };
const successors = [
  sign({ by: ana, files: OTHER_FILES, predicate: { ...other, replaces: MODEL.modelId } }),
  sign({ by: ben, files: OTHER_FILES, predicate: { ...other, replaces: MODEL.modelId } }),
];
const rivals = [
  sign({ by: ana, files: OTHER_FILES, predicate: { ...other, replaces: null } }),
  sign({ by: ben, files: OTHER_FILES, predicate: { ...other, replaces: null } }),
];
const lifting = (id: string) => sign({ by: eve, predicate: { supersedes: [id], attestations: [DPIA] } });
const PAST = 'valid-before="20260601Z"';
const FUTURE = 'valid-after="20270101Z"';
function withKeyOf(person: typeof ana, validity: string): string {
  return SIGNERS.replace(person.line, person.line.replace('namespaces', `${validity},namespaces`));
}
const flip = (bytes: Uint8Array, at: number) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));

const ATTACKS: readonly Attack[] = [
  // Nobody, too few, the same twice.
  { name: 'no approval at all', code: 'no-approval', question: { files: [] } },
  { name: 'one of two roles', code: 'quorum-incomplete', question: { files: [goodAna] } },
  {
    name: 'one approval in two files',
    code: 'quorum-incomplete',
    question: { files: [goodAna, goodAna, { ...goodAna, inHead: false }] },
  },
  forgedBen('an approval that only the anchor holds', 'quorum-incomplete', { inHead: false }),
  {
    name: 'a machine key in a human seat',
    code: 'role-not-held',
    question: { files: [goodAna, sign({ by: ci, predicate: { role: 'risk', attestations: [DPIA] } })] },
  },

  // Forged identity.
  {
    name: 'a stranger with a key',
    code: 'signer-unknown',
    question: { files: [goodAna, sign({ by: mallory, predicate: { role: 'risk', approver: ben.name } })] },
  },
  {
    name: 'claiming to be another approver',
    code: 'approver-mismatch',
    question: {
      files: [goodAna, sign({ by: ana, predicate: { role: 'risk', approver: ben.name, attestations: [DPIA] } })],
    },
  },
  forgedBen('a role that the signer does not hold', 'role-not-held', { predicate: { role: 'data-science' } }),
  forgedBen('a role that nobody has', 'role-unknown', { predicate: { role: 'board' } }),
  forgedBen('a key that was removed from the anchor', 'signer-unknown', {}, { signers: `${ana.line}\n` }),
  forgedBen(
    'a key listed for git only',
    'signer-wrong-namespace',
    {},
    { signers: SIGNERS.replace(ben.line, ben.line.replace('"model-signoff"', '"git"')) },
  ),
  forgedBen('a key that has expired', 'signer-not-valid-now', {}, { signers: withKeyOf(ben, PAST) }),
  forgedBen('a key that is not valid yet', 'signer-not-valid-now', {}, { signers: withKeyOf(ben, FUTURE) }),
  forgedBen("a commit's signature reused", 'signature-invalid', { namespace: 'git' }),
  forgedBen('a signature over the bare payload', 'signature-invalid', {
    signedBytes: (pae) => pae.subarray(pae.indexOf('{')),
  }),
  forgedBen('a signature over another payload type', 'signature-invalid', {
    signedBytes: edited('application/vnd.in-toto+json', 'application/vnd.in-toto+jsom'),
  }),

  // Replay elsewhere.
  forgedBen('an approval for another project', 'wrong-project', { predicate: { project: 'marketing' } }),
  forgedBen('an approval for another model', 'wrong-project', {
    predicate: { model: 'other' },
    path: (path) => path.replace('/other/', '/default-classifier/'),
  }),
  forgedBen('an approval for staging renamed to production', 'file-name-mismatch', {
    predicate: { environment: 'staging' },
    path: (path) => path.replace('/staging.', '/production.'),
  }),
  bothSay('approvals for staging', 'no-approval', { environment: 'staging' }),
  forgedBen('an approval copied to another run', 'file-name-mismatch', {
    path: (path) => path.replace('run-1', 'run-2'),
  }),
  bothSay('approvals of another run', 'run-differs', { run: 'run-2' }, { run: 'run-1' }),
  bothSay('approvals under another policy', 'policy-changed', { policy: { sha256: '0'.repeat(64) } }),
  {
    name: 'the approvals of one run for the files of another',
    code: 'model-changed',
    question: { files: [goodAna, goodBen], model: OTHER_MODEL },
  },

  // Model files.
  {
    name: 'one byte of a model file',
    code: 'model-changed',
    question: {
      files: [goodAna, goodBen],
      model: {
        modelId: modelIdOf([FILES[0], { ...FILES[1], sha256: '0'.repeat(64) }]),
        files: [FILES[0], { ...FILES[1], sha256: '0'.repeat(64) }],
      },
    },
  },
  {
    name: 'a file added to the model',
    code: 'model-changed',
    question: {
      files: [goodAna, goodBen],
      model: {
        modelId: modelIdOf([...FILES, { name: 'z.py', sha256: FILES[0].sha256 }]),
        files: [...FILES, { name: 'z.py', sha256: FILES[0].sha256 }],
      },
    },
  },
  {
    name: 'a file taken from the model',
    code: 'model-changed',
    question: { files: [goodAna, goodBen], model: { modelId: modelIdOf([FILES[0]]), files: [FILES[0]] } },
  },
  {
    name: 'two model files with their names exchanged',
    code: 'model-changed',
    question: {
      files: [goodAna, goodBen],
      model: {
        modelId: modelIdOf([
          { name: 'MLmodel', sha256: FILES[1].sha256 },
          { name: 'model.pkl', sha256: FILES[0].sha256 },
        ]),
        files: [
          { name: 'MLmodel', sha256: FILES[1].sha256 },
          { name: 'model.pkl', sha256: FILES[0].sha256 },
        ],
      },
    },
  },
  forgedBen('a subject twice', 'statement-malformed', {
    subject: [FILES[0], FILES[0]].map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
  }),
  forgedBen('no subject', 'statement-malformed', { subject: [] }),
  forgedBen('a subject that climbs out', 'statement-malformed', {
    subject: [{ name: '../model.pkl', digest: { sha256: FILES[0].sha256 } }],
  }),
  forgedBen('a second digest algorithm', 'statement-malformed', {
    payload: edited('"digest":{', '"digest":{"md5":"00",'),
  }),

  // Time.
  forgedBen('an approval that has expired', 'approval-expired', {
    predicate: { issued: '2026-03-01T00:00:00Z', expires: '2026-05-01T00:00:00Z' },
  }),
  forgedBen('an approval that expires this very second', 'approval-expired', { predicate: { expires: instant(0) } }),
  forgedBen('an approval from the future', 'issued-in-future', {
    predicate: { issued: instant(6 * 60_000), expires: instant(86_400_000) },
  }),
  forgedBen('an approval for ten years', 'expires-too-late', { predicate: { expires: '2036-01-01T00:00:00Z' } }),
  forgedBen('an approval that never expires', 'statement-malformed', { predicate: { expires: 'never' } }),
  forgedBen('a day that does not exist', 'statement-malformed', { predicate: { expires: '2026-02-30T00:00:00Z' } }),

  // Parsers.
  forgedBen('a duplicate key', 'statement-malformed', {
    payload: edited('"decision":"approve"', '"decision":"reject","decision":"approve"'),
  }),
  forgedBen('a duplicate key in disguise', 'statement-malformed', {
    payload: edited('"decision":"approve"', '"decisi\\u006fn":"reject","decision":"approve"'),
  }),
  forgedBen('__proto__', 'statement-malformed', { payload: edited('"comment"', '"__proto__":{},"comment"') }),
  forgedBen('an unknown field', 'statement-malformed', {
    payload: edited('"comment"', '"unless":"rejected","comment"'),
  }),
  forgedBen('a missing field', 'statement-malformed', { payload: edited('"replaces":null,', '') }),
  forgedBen('a byte-order mark', 'statement-malformed', {
    payload: (bytes) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
  }),
  forgedBen('text after the statement', 'statement-malformed', {
    payload: (bytes) => Buffer.concat([bytes, Buffer.from('{}')]),
  }),
  forgedBen('a number where a text should be', 'statement-malformed', {
    payload: edited('"comment":""', '"comment":1e400'),
  }),
  forgedBen('another predicate type', 'statement-malformed', {
    payload: edited('urn:model-signoff:approval:v1', 'urn:model-signoff:approval:v2'),
  }),
  forgedBen('a role with a path in it', 'statement-malformed', { predicate: { role: '../risk' } }),
  forgedBen('an upper-case digest', 'statement-malformed', { predicate: { assessment: { sha256: 'A'.repeat(64) } } }),
  forgedBen('payload base64 with a line break', 'envelope-malformed', {
    file: edited('"payload":"', '"payload":"\\n'),
  }),
  forgedBen('payload base64 without padding', 'envelope-malformed', {
    file: (bytes) =>
      Buffer.from(
        bytes
          .toString()
          .replace(/=+","signatures"/, '","signatures"')
          .replace('"payload":"', '"payload":"A'),
      ),
  }),
  forgedBen('two signatures', 'envelope-malformed', {
    file: (bytes) => Buffer.from(bytes.toString().replace(/\[(\{[^\]]*\})\]/, '[$1,$1]')),
  }),
  forgedBen('no signature', 'envelope-malformed', {
    file: (bytes) => Buffer.from(bytes.toString().replace(/\[\{[^\]]*\}\]/, '[]')),
  }),
  forgedBen('an unknown field in the envelope', 'envelope-malformed', {
    file: edited('{"payloadType"', '{"verified":true,"payloadType"'),
  }),
  forgedBen('another payload type', 'envelope-malformed', {
    file: edited('application/vnd.in-toto+json', 'application/json'),
  }),
  forgedBen('an envelope that is not JSON', 'envelope-malformed', { file: () => Buffer.from('not json') }),
  forgedBen('an empty file', 'envelope-malformed', { file: () => Buffer.alloc(0) }),
  forgedBen('text before the armour', 'signature-malformed', { armoured: (text) => `hello\n${text}` }),
  forgedBen('two armours in one', 'signature-malformed', { armoured: (text) => text + text }),
  forgedBen('an armour with CRLF', 'signature-malformed', { armoured: (text) => text.replaceAll('\n', '\r\n') }),
  forgedBen('an armour with other line lengths', 'signature-malformed', {
    armoured: (text) =>
      text.replace(/([A-Za-z0-9+/]{70})\n/, (_, line: string) => `${line.slice(0, 60)}\n${line.slice(60)}\n`),
  }),
  {
    name: 'a symlink in place of an approval',
    code: 'not-a-file',
    question: { files: [goodAna, { ...goodBen, content: undefined }] },
  },

  // Assessments.
  {
    name: 'a missing assessment',
    code: 'assessment-missing',
    question: { files: [goodAna, goodBen], assessments: [] },
  },
  bothSignAssessment('an assessment of another project', 'assessment-mismatch', assess({}, { project: 'marketing' })),
  bothSignAssessment(
    'an assessment of another model file',
    'assessment-mismatch',
    assess({}, { model_id: OTHER_MODEL.modelId }),
  ),
  bothSignAssessment('an assessment of no model', 'assessment-mismatch', assess({}, { model_id: null })),
  bothSignAssessment(
    'an assessment of another run',
    'assessment-mismatch',
    assess({}, { run: { id: 'run-2', name: 'x', source: 'y' } }),
  ),
  bothSignAssessment(
    'an assessment under another policy',
    'assessment-mismatch',
    assess({}, { policy: { path: 'signoff.yaml', sha256: '0'.repeat(64) } }),
  ),
  bothSignAssessment(
    'an assessment against another predecessor',
    'assessment-mismatch',
    assess({}, { baseline: OTHER_MODEL.modelId }),
  ),
  bothSignAssessment('an assessment without outcomes', 'check-missing', assess({}, { outcomes: [] })),
  bothSignAssessment(
    'an assessment that calls itself ok',
    'check-failed',
    assess({ auc: 'fail' }, { summary: { ok: true, counts: { pass: 3 } } }),
  ),
  bothSignAssessment(
    'an assessment with two outcomes for one check',
    'check-missing',
    withOutcomes((outcomes) => [...outcomes, ...outcomes]),
  ),
  bothSignAssessment(
    'an outcome of another kind than the policy asks for',
    'check-kind-differs',
    withOutcomes((outcomes) => outcomes.map((outcome) => ({ ...outcome, check: 'document' }))),
  ),
  bothSignAssessment('bytes that are no assessment', 'assessment-malformed', Buffer.from('{}')),
  {
    name: 'approvals for two different assessments',
    code: 'approvals-disagree',
    question: {
      files: [goodAna, sign({ by: ben, predicate: { assessment: { sha256: sha256Hex(uncertain) } } })],
      assessments: [assess(), uncertain],
    },
  },

  ...[ana, ben].map(
    (stray): Attack => ({
      name: `approvals of two runs that name one assessment, ${stray.name}'s being the stray, asked about bytes alone`,
      code: 'approvals-disagree',
      question: {
        files: [ana, ben].map((by) => sign({ by, predicate: by === stray ? { run: 'run-2' } : {} })),
        run: undefined,
      },
    }),
  ),

  // Checks.
  bothSignAssessment('a failed check', 'check-failed', failing),
  bothSignAssessment('a check that could not be evaluated', 'check-not-evaluable', assess({ auc: 'not_evaluable' })),
  bothSignAssessment('an uncertain check', 'check-uncertain', uncertain),
  bothSignAssessment('a check that calls itself waived', 'check-status-unknown', assess({ auc: 'waived' })),
  bothSignAssessment(
    'a check that calls itself not applicable',
    'check-not-applicable',
    assess({ auc: 'not_applicable' }),
  ),
  bothSignAssessment(
    'a failed check that the assessment calls advisory',
    'check-failed',
    Buffer.from(Buffer.from(failing).toString().replace('"severity": "required"', '"severity": "advisory"')),
  ),
  bothSignAssessment('an attestation that the assessment calls passed', 'check-pending', assess({ dpia: 'pass' }), {
    attestations: [],
  }),
  bothSignAssessment('accepting a failure', 'check-failed', failing, { accepted: [{ check: 'auc', reason: 'fine' }] }),
  {
    name: 'a waiver by a role that may not waive',
    code: 'check-failed',
    question: {
      files: [
        sign({ by: ana, predicate: { ...ofFailing, waivers: [waiver] } }),
        sign({ by: ben, predicate: ofFailing }),
      ],
      assessments: [failing],
    },
  },
  bothSignAssessment('a waiver that has ended', 'check-failed', failing, { waivers: [{ ...waiver, until: day(-1) }] }),
  bothSignAssessment('a waiver for longer than the policy allows', 'check-failed', failing, {
    waivers: [{ ...waiver, until: day(90) }],
  }),
  bothSignAssessment('a waiver of another check', 'check-failed', failing, { waivers: [{ ...waiver, check: 'loss' }] }),
  {
    name: 'an attestation by a role that may not attest',
    code: 'check-pending',
    question: {
      files: [
        sign({ by: ana, predicate: { attestations: [DPIA] } }),
        sign({ by: ben, predicate: { attestations: [] } }),
      ],
    },
  },
  bothSay('an attestation of other words', 'check-pending', {
    attestations: [{ ...DPIA, statement: 'The sky is blue' }],
  }),

  // Separation.
  {
    name: 'the author approves',
    code: 'not-separate',
    question: { files: [goodAna, goodBen], involved: { author: ['Ben', 'ben@acme.example'] } },
  },
  {
    name: 'the author approves under an alias',
    code: 'not-separate',
    question: { files: [goodAna, goodBen], involved: { author: ['Benny'] } },
  },
  {
    name: 'the trainer approves',
    code: 'not-separate',
    question: { files: [goodAna, goodBen], involved: { trained_by: ['benny'] } },
  },
  {
    name: 'the trainer approves, named only by the other approver',
    code: 'not-separate',
    question: { files: [sign({ by: ana, predicate: { trained_by: ['benny'] } }), goodBen] },
  },

  // Order.
  { name: 'a rejection by a required role', code: 'rejected', question: { files: [goodAna, goodBen, reject(eve)] } },
  {
    name: 'a rejection that only the anchor holds',
    code: 'rejected',
    question: { files: [goodAna, goodBen, reject(eve, {}, { inHead: false })] },
  },
  {
    name: 'a rejection under another run, policy and long expired',
    code: 'rejected',
    question: {
      files: [
        goodAna,
        goodBen,
        reject(eve, {
          run: 'run-0',
          policy: { sha256: '0'.repeat(64) },
          issued: '2020-01-01T00:00:00Z',
          expires: '2020-02-01T00:00:00Z',
        }),
      ],
    },
  },
  {
    name: 'a rejection whose key has expired since',
    code: 'rejected',
    question: { files: [goodAna, goodBen, reject(eve)], signers: withKeyOf(eve, PAST) },
  },
  {
    name: 'a rejection by a key that is not valid yet',
    code: 'rejected',
    question: { files: [goodAna, goodBen, reject(eve)], signers: withKeyOf(eve, FUTURE) },
  },
  {
    name: 'a rejection that only the anchor holds, whose key has expired since',
    code: 'rejected',
    question: { files: [goodAna, goodBen, reject(eve, {}, { inHead: false })], signers: withKeyOf(eve, PAST) },
  },
  {
    name: 'a rejection taken back with a key that is not valid now, which nobody can date',
    code: 'rejected',
    question: { files: [goodAna, goodBen, reject(ben), lifting(reject(ben).id)], signers: withKeyOf(eve, PAST) },
  },
  {
    name: 'a rejection taken back by another role',
    code: 'rejected',
    question: { files: [sign({ by: ana, predicate: { supersedes: [reject(eve).id] } }), goodBen, reject(eve)] },
  },
  {
    name: 'a rejection taken back by the author, who may not approve',
    code: 'rejected',
    question: {
      files: [
        goodAna,
        sign({ by: eve, predicate: { attestations: [DPIA] } }),
        reject(eve),
        sign({ by: ben, predicate: { supersedes: [reject(eve).id] } }),
      ],
      involved: { author: ['benny'] },
    },
  },
  {
    name: 'a rejection taken back by an approval that was revoked',
    code: 'rejected',
    question: {
      files: [
        goodAna,
        goodBen,
        reject(eve),
        lifting(reject(eve).id),
        sign({ by: eve, predicate: { decision: 'revoke', supersedes: [lifting(reject(eve).id).id] } }),
      ],
    },
  },
  {
    name: 'a rejection taken back for another model',
    code: 'rejected',
    question: {
      files: [
        goodAna,
        goodBen,
        reject(eve),
        sign({ by: eve, files: OTHER_FILES, predicate: { supersedes: [reject(eve).id] } }),
      ],
    },
  },
  {
    name: 'an approval that its signer revoked',
    code: 'revoked',
    question: {
      files: [goodAna, goodBen, sign({ by: ben, predicate: { decision: 'revoke', supersedes: [goodBen.id] } })],
    },
  },
  {
    name: 'an approval that a colleague of the role revoked, in the anchor alone',
    code: 'revoked',
    question: {
      files: [
        goodAna,
        goodBen,
        sign({ by: eve, inHead: false, predicate: { decision: 'revoke', supersedes: [goodBen.id] } }),
      ],
    },
  },
  {
    name: 'an approval revoked with a key that has expired since',
    code: 'revoked',
    question: {
      files: [goodAna, goodBen, sign({ by: eve, predicate: { decision: 'revoke', supersedes: [goodBen.id] } })],
      signers: withKeyOf(eve, PAST),
    },
  },
  {
    name: 'the model that was replaced by people of whom one has an expired key now',
    code: 'superseded',
    question: {
      files: [sign({ by: eve, predicate: { attestations: [DPIA] } }), goodAna, ...successors],
      signers: withKeyOf(ben, PAST),
    },
  },
  {
    name: 'a second model in force, though a key of its approvers has expired',
    code: 'fork',
    question: {
      files: [goodAna, sign({ by: eve, predicate: { attestations: [DPIA] } }), ...rivals],
      signers: withKeyOf(ben, PAST),
    },
  },
  {
    name: 'the model that has been replaced',
    code: 'superseded',
    question: { files: [goodAna, goodBen, ...successors] },
  },
  {
    name: 'the model that has been replaced, as only the anchor tells',
    code: 'superseded',
    question: { files: [goodAna, goodBen, ...successors.map((file) => ({ ...file, inHead: false }))] },
  },
  { name: 'two models approved for one place', code: 'fork', question: { files: [goodAna, goodBen, ...rivals] } },
  bothSignAssessment('a model that replaces itself', 'replaces-itself', assess({}, { baseline: MODEL.modelId }), {
    replaces: MODEL.modelId,
  }),
  {
    name: 'another model runs than the one to be replaced',
    code: 'live-differs',
    question: { files: [goodAna, goodBen], live: OTHER_MODEL.modelId },
  },
  {
    name: 'a rollback statement counted as an approval',
    code: 'rollback-not-supported',
    question: { files: [goodAna, sign({ by: ben, predicate: { decision: 'rollback' } })] },
  },
  bothSay('a revocation counted as an approval', 'no-approval', { decision: 'revoke' }),
];

for (const attack of ATTACKS) {
  test(`refused: ${attack.name} (${attack.code})`, () => {
    const verdict = (attack.policy === undefined ? world : makeWorld(attack.policy)).verdict(attack.question);
    assert.equal(verdict.approved, false);
    // A file that lies where no approval of this question belongs is told of beside the reasons, not among them.
    const codes = [...codesOf(verdict), ...verdict.ignored.map(({ code }) => code)];
    assert.ok(codes.includes(attack.code), `reasons: ${JSON.stringify(verdict.reasons, undefined, 2)}`);
  });
}

test('refused: one person in both seats of a role, however often they sign', () => {
  const two = makeWorld(POLICY.replace('risk: 1 }', 'risk: 2 }'));
  const again = two.sign({ by: ben, predicate: { comment: 'again' } });
  const verdict = two.verdict({ files: [two.sign({ by: ana }), two.sign({ by: ben }), again] });
  assert.deepEqual(verdict.quorum['risk'], { need: 2, have: 1 });
  assert.equal(verdict.approved, false);
});

test('refused: one person with both roles, in both seats', () => {
  const both = makeWorld(
    POLICY.replace('data-science: [ana@acme.example]', 'data-science: [ana@acme.example, ben@acme.example]'),
  );
  const verdict = both.verdict({
    files: [both.sign({ by: ben }), both.sign({ by: ben, predicate: { role: 'data-science' } })],
  });
  assert.deepEqual(codesOf(verdict), ['quorum-incomplete']);
});

test('refused: an automatic approval while a required check is not passed', () => {
  const automatic = makeWorld(POLICY.replace(/ {2}dpia: .*\n/, ''));
  for (const status of ['uncertain', 'fail', 'not_evaluable', 'not_applicable'] as const) {
    const bytes = automatic.assess({ auc: status });
    const approval = automatic.sign({
      by: ci,
      predicate: {
        environment: 'staging',
        assessment: { sha256: sha256Hex(bytes) },
        accepted: [{ check: 'auc', reason: 'x' }],
      },
    });
    const verdict = automatic.verdict({ files: [approval], environment: 'staging', assessments: [bytes] });
    assert.equal(verdict.approved, false, status);
  }
});

test('refused: one byte flipped anywhere in an approval file', () => {
  const { content } = goodBen;
  assert.ok(typeof content === 'object');
  for (let at = 0; at < content.length; at++) {
    const verdict = world.verdict({ files: [goodAna, { ...goodBen, content: flip(content, at) }] });
    // The space that ends the file may become another character only by being refused or by not mattering.
    assert.equal(verdict.approved, false, `byte ${at}`);
    assert.ok(
      verdict.ignored.some(({ file }) => file === goodBen.path),
      `byte ${at} is named`,
    );
  }
});

test('refused: one byte flipped anywhere in the assessment', () => {
  const bytes = assess();
  for (let at = 0; at < bytes.length; at += 7) {
    const verdict = world.verdict({ files: [goodAna, goodBen], doctored: (same) => flip(same, at) });
    assert.deepEqual(codesOf(verdict), ['assessment-changed'], `byte ${at}`);
  }
});

test('refused: someone who acts both as a machine and as a person', () => {
  const mixed = makeWorld(
    POLICY.replace('automation: [ci@acme.example]', 'automation: [ci@acme.example, ben@acme.example]'),
  );
  const verdict = mixed.verdict({ files: [mixed.sign({ by: ana }), mixed.sign({ by: ben })] });
  assert.ok(codesOf(verdict).includes('machine-and-person'));
});

test('refused: an attestation without the file that the policy asks for', () => {
  const strict = makeWorld(POLICY.replace('role: risk }\nsignoff', 'role: risk, evidence: required }\nsignoff'));
  const files = [strict.sign({ by: ana }), strict.sign({ by: ben })];
  assert.deepEqual(codesOf(strict.verdict({ files })), ['check-pending']);
  const evidence = [{ path: 'dpia.pdf', sha256: 'a'.repeat(64) }];
  const shown = strict.sign({ by: ben, predicate: { attestations: [{ ...DPIA, evidence }] } });
  assert.deepEqual(codesOf(strict.verdict({ files: [files[0] ?? shown, shown] })), []);
});

test('refused: a policy whose every check is declared not applicable, since nothing was evaluated', () => {
  const idle = makeWorld(
    POLICY.replace('max: 0.5,', 'max: 0.5, not_applicable: no loss,')
      .replace('min: 0.8 }', 'min: 0.8, not_applicable: no scores }')
      .replace('role: risk }\nsignoff', 'role: risk, not_applicable: no people }\nsignoff'),
  );
  const bytes = idle.assess({ auc: 'not_applicable', loss: 'not_applicable', dpia: 'not_applicable' });
  const predicate = { assessment: { sha256: sha256Hex(bytes) } };
  const files = [idle.sign({ by: ana, predicate }), idle.sign({ by: ben, predicate })];
  assert.deepEqual(codesOf(idle.verdict({ files, assessments: [bytes] })), ['nothing-evaluated']);
});
