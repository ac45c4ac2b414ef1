import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256Hex } from '../../../src/base/hashing.ts';
import {
  ana,
  ben,
  ci,
  DPIA,
  eve,
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
  type World,
} from './support/sign-off-case.ts';

const world = makeWorld();
const { sign, assess } = world;
const goodAna = sign({ by: ana });
const goodBen = sign({ by: ben });
const day = (offset: number) => new Date(NOW + offset * 86_400_000).toISOString().slice(0, 10);
const reject = sign({ by: eve, predicate: { decision: 'reject', attestations: [] } });

function bothSign(bytes: Uint8Array, predicate: Signing['predicate'] = {}): Question {
  const both = { assessment: { sha256: sha256Hex(bytes) }, ...predicate };
  return { files: [sign({ by: ana, predicate: both }), sign({ by: ben, predicate: both })], assessments: [bytes] };
}

const onOther = assess({}, { model_id: OTHER_MODEL.modelId, baseline: MODEL.modelId });
const other = { assessment: { sha256: sha256Hex(onOther) }, replaces: MODEL.modelId };
const second = [
  sign({ by: ana, files: OTHER_FILES, predicate: { ...other, supersedes: [goodAna.id] } }),
  sign({ by: ben, files: OTHER_FILES, predicate: { ...other, supersedes: [goodBen.id] } }),
];
const backAgain = assess({}, { baseline: OTHER_MODEL.modelId });
const back = { assessment: { sha256: sha256Hex(backAgain) }, replaces: OTHER_MODEL.modelId };
const third = [
  sign({ by: ana, predicate: { ...back, supersedes: [second[0]?.id ?? ''] } }),
  sign({ by: ben, predicate: { ...back, supersedes: [second[1]?.id ?? ''] } }),
];
const rivalAssessment = assess({}, { model_id: OTHER_MODEL.modelId });
const rival = { assessment: { sha256: sha256Hex(rivalAssessment) } };
const rivals = [
  sign({ by: ana, files: OTHER_FILES, predicate: rival }),
  sign({ by: ben, files: OTHER_FILES, predicate: rival }),
];
const healing = { ...other, supersedes: [goodAna, goodBen, ...rivals].map(({ id }) => id) };
const healed = [
  sign({ by: ana, files: OTHER_FILES, predicate: healing }),
  sign({ by: ben, files: OTHER_FILES, predicate: healing }),
];

const HONEST: readonly (readonly [name: string, question: Question, world?: World])[] = [
  ['a person of each required role', { files: [goodAna, goodBen] }],
  ['in any order of files', { files: [goodBen, goodAna] }],
  [
    'the same approvals in HEAD and in the anchor',
    { files: [goodAna, goodBen, { ...goodAna, inHead: false }, { ...goodBen, inHead: false }] },
  ],
  [
    'a stray approval of another run that names the assessment, beside a quorum of its own',
    { files: [goodAna, goodBen, sign({ by: eve, predicate: { run: 'run-2', attestations: [DPIA] } })], run: undefined },
  ],
  ['the bytes alone, without naming a run', { files: [goodAna, goodBen], run: undefined }],
  [
    'more approvals than are needed',
    { files: [goodAna, goodBen, sign({ by: eve, predicate: { attestations: [DPIA] } })] },
  ],
  [
    'garbage beside good approvals',
    {
      files: [
        goodAna,
        goodBen,
        {
          path: '.signoff/approvals/default-classifier/run-1/production.risk.0000000000000000.json',
          content: Buffer.from('x'),
          inHead: true,
        },
      ],
    },
  ],
  [
    "a stranger's rejection",
    {
      files: [
        goodAna,
        goodBen,
        sign({ by: mallory, predicate: { decision: 'reject', role: 'risk', approver: mallory.name } }),
      ],
    },
  ],
  [
    'a rejection of another model',
    {
      files: [
        goodAna,
        goodBen,
        sign({ by: eve, files: OTHER_FILES, predicate: { decision: 'reject', attestations: [] } }),
      ],
    },
  ],
  [
    'a rejection for another environment',
    { files: [goodAna, goodBen, sign({ by: ci, predicate: { decision: 'reject', environment: 'staging' } })] },
  ],
  [
    'a rejection that its role has taken back',
    { files: [goodAna, sign({ by: ben, predicate: { supersedes: [reject.id] } }), reject] },
  ],
  [
    'a rejection whose key was removed from the anchor',
    { files: [goodAna, goodBen, reject], signers: SIGNERS.replace(`${eve.line}\n`, '') },
  ],
  [
    "a colleague's approval whose key has expired, beside enough others",
    {
      files: [goodAna, goodBen, sign({ by: eve, predicate: { attestations: [DPIA] } })],
      signers: SIGNERS.replace(eve.line, eve.line.replace('namespaces', 'valid-before="20260601Z",namespaces')),
    },
  ],
  [
    "a revocation of somebody else's approval in another role",
    {
      files: [
        goodAna,
        goodBen,
        sign({ by: eve, predicate: { decision: 'revoke', supersedes: [goodAna.id], attestations: [] } }),
      ],
    },
  ],
  [
    'an uncertain check that an approver accepts',
    bothSign(assess({ auc: 'uncertain' }), { accepted: [{ check: 'auc', reason: 'more rows next month' }] }),
  ],
  [
    'a failed check that the risk role waives',
    bothSign(assess({ auc: 'fail' }), { waivers: [{ check: 'auc', reason: 'known', until: day(25) }] }),
  ],
  [
    'a waiver that ends today',
    bothSign(assess({ auc: 'fail' }), { waivers: [{ check: 'auc', reason: 'known', until: day(0) }] }),
  ],
  ['an advisory check that failed', bothSign(assess({ loss: 'fail' }))],
  [
    "an approval issued within the clocks' difference",
    { files: [goodAna, sign({ by: ben, predicate: { issued: '2026-06-15T12:04:59Z' } })] },
  ],
  [
    'an approval that lasts exactly as long as allowed',
    { files: [goodAna, sign({ by: ben, predicate: { expires: '2026-09-08T12:00:00Z' } })] },
  ],
  ['the first model where nothing runs', { files: [goodAna, goodBen], live: 'none' }],
  ['this very model running already', { files: [goodAna, goodBen], live: MODEL.modelId }],
  [
    'the successor of the model that runs',
    { files: [goodAna, goodBen, ...second], model: OTHER_MODEL, assessments: [onOther], live: MODEL.modelId },
  ],
  ['the model that came back', { files: [goodAna, goodBen, ...second, ...third], assessments: [assess(), backAgain] }],
  ['a half-signed successor beside the model in force', { files: [goodAna, goodBen, ...second.slice(0, 1)] }],
  [
    'a sign-off that ended a fork',
    { files: [goodAna, goodBen, ...rivals, ...healed], model: OTHER_MODEL, assessments: [onOther] },
  ],
  [
    'a rival whose approvals have expired',
    {
      files: [
        goodAna,
        goodBen,
        ...[ana, ben].map((by) =>
          sign({
            by,
            files: OTHER_FILES,
            predicate: { ...rival, issued: '2026-01-01T00:00:00Z', expires: '2026-02-01T00:00:00Z' },
          }),
        ),
      ],
    },
  ],
  ['an author who approves nothing', { files: [goodAna, goodBen], involved: { author: ['eve@acme.example'] } }],
  [
    'signers without a namespace',
    { files: [goodAna, goodBen], signers: SIGNERS.replaceAll(' namespaces="model-signoff"', '') },
  ],
];

for (const [name, question] of HONEST) {
  test(`approved: ${name}`, () => {
    const verdict = world.verdict(question);
    assert.deepEqual(verdict.reasons, []);
    assert.equal(verdict.approved, true);
  });
}

test('approved: an automatic approval where every required check passes', () => {
  const automatic = makeWorld(POLICY.replace(/ {2}dpia: .*\n/, ''));
  const approval = automatic.sign({ by: ci, predicate: { environment: 'staging' } });
  const verdict = automatic.verdict({ files: [approval], environment: 'staging', assessments: [automatic.assess()] });
  assert.deepEqual(verdict.reasons, []);
});

test('approved: people sit where they are needed, not where they come first', () => {
  const flexible = makeWorld(
    POLICY.replace('data-science: [ana@acme.example]', 'data-science: [ana@acme.example, ben@acme.example]').replace(
      'risk: [ben@acme.example, eve@acme.example]',
      'risk: [ben@acme.example, ana@acme.example]',
    ),
  );
  const files = [
    flexible.sign({ by: ana, predicate: { role: 'data-science' } }),
    flexible.sign({ by: ana, predicate: { role: 'risk', attestations: [DPIA] } }),
    flexible.sign({ by: ben, predicate: { role: 'data-science' } }),
  ];
  const verdict = flexible.verdict({ files });
  assert.deepEqual(verdict.reasons, []);
});

test('approved: an attestation by a role that fills no seat counts', () => {
  const privacy = makeWorld(POLICY.replace('role: risk }\nsignoff', 'role: privacy }\nsignoff'));
  const files = [
    privacy.sign({ by: ana }),
    privacy.sign({ by: ben, predicate: { attestations: [] } }),
    privacy.sign({ by: eve, predicate: { role: 'privacy', attestations: [DPIA] } }),
  ];
  assert.deepEqual(privacy.verdict({ files }).reasons, []);
  assert.equal(privacy.verdict({ files: files.slice(0, 2) }).approved, false);
});
