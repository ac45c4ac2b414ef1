import { newDigestCache } from '../../base/digest-cache.ts';

/** Looking again at a model that did not change reads none of its gigabytes. Signing never uses it: see `prepareSignOff`. */
export const shownDigests = newDigestCache();
