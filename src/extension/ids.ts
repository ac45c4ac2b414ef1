/** Every name that package.json and this room share. A test holds the two lists together. */
export const CONTAINER = 'modelSignoff';

export const VIEWS = {
  checklist: 'modelSignoff.checklist',
  runs: 'modelSignoff.runs',
  approvals: 'modelSignoff.approvals',
} as const;

export const COMMANDS = {
  check: 'modelSignoff.check',
  signOff: 'modelSignoff.signOff',
  reject: 'modelSignoff.reject',
  waive: 'modelSignoff.waive',
  attest: 'modelSignoff.attest',
  openReport: 'modelSignoff.openReport',
  saveReport: 'modelSignoff.saveReport',
  openMetrics: 'modelSignoff.openMetrics',
  compare: 'modelSignoff.compare',
  verify: 'modelSignoff.verify',
  rollBack: 'modelSignoff.rollBack',
  revoke: 'modelSignoff.revoke',
  triggerPipeline: 'modelSignoff.triggerPipeline',
  openPipelineRun: 'modelSignoff.openPipelineRun',
  createPolicy: 'modelSignoff.createPolicy',
  addPipelineGate: 'modelSignoff.addPipelineGate',
  selectPolicy: 'modelSignoff.selectPolicy',
  selectRun: 'modelSignoff.selectRun',
  refresh: 'modelSignoff.refresh',
  accept: 'modelSignoff.accept',
  explain: 'modelSignoff.explain',
  checkHistory: 'modelSignoff.checkHistory',
  checkRuns: 'modelSignoff.checkRuns',
  openEvidence: 'modelSignoff.openEvidence',
  filterChecklist: 'modelSignoff.filterChecklist',
  filterRuns: 'modelSignoff.filterRuns',
  sortRuns: 'modelSignoff.sortRuns',
  revealRun: 'modelSignoff.revealRun',
  show: 'modelSignoff.show',
  stop: 'modelSignoff.stop',
  setServerCredential: 'modelSignoff.setServerCredential',
  forgetServerCredential: 'modelSignoff.forgetServerCredential',
} as const;

/** Used by tree items, keys and the status bar only; none is a command of the manifest, so none is in the palette. */
export const INTERNAL_COMMANDS = {
  revealCheck: 'modelSignoff.internal.revealCheck',
  openEvidence: 'modelSignoff.internal.openEvidence',
  showInChecklist: 'modelSignoff.internal.showInChecklist',
  openProblem: 'modelSignoff.internal.openProblem',
  showMoreRuns: 'modelSignoff.internal.showMoreRuns',
  tickFocused: 'modelSignoff.internal.tickFocused',
} as const;

/** Welcome views choose by them. Not set at all until the first look is over, so that none flashes up. */
export const CONTEXT_KEYS = {
  hasPolicy: 'modelSignoff.hasPolicy',
  hasRun: 'modelSignoff.hasRun',
  /** The policy names a pipeline to tell. */
  hasPipeline: 'modelSignoff.hasPipeline',
  /** Work that takes long enough to be stopped is under way. */
  hasLongWork: 'modelSignoff.hasLongWork',
  /** A required check is uncertain, so that somebody may accept it. */
  hasUncertain: 'modelSignoff.hasUncertain',
  /** A required check fails or can't be evaluated, and the policy lets somebody waive. */
  hasWaivable: 'modelSignoff.hasWaivable',
  /** An attestation is missing. */
  hasPending: 'modelSignoff.hasPending',
  /** A model is approved somewhere, so that it could be revoked or rolled back. */
  hasApproved: 'modelSignoff.hasApproved',
} as const;

export const SETTINGS = {
  policyFile: 'modelSignoff.policyFile',
  signingKeys: 'modelSignoff.signingKeys',
  inlayValues: 'modelSignoff.inlayValues',
} as const;

/** The tool that language models may call: it reads, and never signs. */
export const LANGUAGE_MODEL_TOOL = 'modelSignoff_explain';

export const PANEL_TYPE = 'modelSignoff.document';

/** The name that a policy has when no setting says otherwise. */
export const POLICY_FILE_NAME = 'signoff.yaml';

/** Names that the manifest's `yamlValidation` knows, too. */
export const POLICY_FILE_NAMES: readonly string[] = [POLICY_FILE_NAME, 'signoff.yml'];
