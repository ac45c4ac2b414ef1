/** A crash must not lose what we said was committed; git's default does not sync loose objects. */
export const DURABLE = ['-c', 'core.fsync=loose-object,reference,index', '-c', 'gc.auto=0'] as const;
