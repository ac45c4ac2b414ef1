const SQRT_HALF = Math.SQRT1_2;

/**
 * The standard normal number below which the share `p` lies: M. J. Wichura's AS 241 (PPND16), Applied Statistics 37
 * (1988), accurate to about 1e-16. ±Infinity at 0 and 1, NaN outside.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  const fromMiddle = p - 0.5;
  if (Math.abs(fromMiddle) <= 0.425) {
    const r = 0.180625 - fromMiddle * fromMiddle;
    return (fromMiddle * polynomial(CENTRE_ABOVE, r)) / polynomial(CENTRE_BELOW, r);
  }
  const tail = fromMiddle < 0 ? p : 1 - p;
  if (tail === 0) return fromMiddle < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const r = Math.sqrt(-Math.log(tail));
  const size =
    r <= 5
      ? polynomial(TAIL_ABOVE, r - 1.6) / polynomial(TAIL_BELOW, r - 1.6)
      : polynomial(FAR_ABOVE, r - 5) / polynomial(FAR_BELOW, r - 5);
  return fromMiddle < 0 ? -size : size;
}

/** The share of a standard normal number's mass below `z`. */
export function normalCdf(z: number): number {
  return 0.5 * complementaryError(-z * SQRT_HALF);
}

/** 1 − erf(x) with a relative error near 1e-16: W. J. Cody, "Rational Chebyshev approximations for the error function", 1969. */
export function complementaryError(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x)) return x;
  if (size <= 0.46875) {
    const square = x * x;
    return 1 - (x * polynomial(ERF_ABOVE, square)) / polynomial(ERF_BELOW, square);
  }
  const tail = size <= 4 ? polynomial(ERFC_ABOVE, size) / polynomial(ERFC_BELOW, size) : farTail(size);
  // exp(−x²) in two factors, so that squaring loses nothing.
  const coarse = Math.trunc(size * 16) / 16;
  const value = Math.exp(-coarse * coarse) * Math.exp(-(size - coarse) * (size + coarse)) * tail;
  return x < 0 ? 2 - value : value;
}

function farTail(size: number): number {
  const inverse = 1 / (size * size);
  const correction = (inverse * polynomial(FAR_ERFC_ABOVE, inverse)) / polynomial(FAR_ERFC_BELOW, inverse);
  return (INVERSE_ROOT_PI - correction) / size;
}

/** Coefficients from the constant term upwards. */
function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (let power = coefficients.length - 1; power >= 0; power -= 1) value = value * x + (coefficients[power] as number);
  return value;
}

const INVERSE_ROOT_PI = 0.5641895835477563;

const CENTRE_ABOVE = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const CENTRE_BELOW = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852546,
];
const TAIL_ABOVE = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const TAIL_BELOW = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const FAR_ABOVE = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const FAR_BELOW = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
];
const ERF_ABOVE = [3209.3775891384694, 377.485237685302, 113.86415415105016, 3.1611237438705655, 0.18577770618460315];
const ERF_BELOW = [2844.236833439171, 1282.6165260773723, 244.02463793444417, 23.601290952344122, 1];
const ERFC_ABOVE = [
  1230.3393547979972, 2051.0783778260716, 1712.0476126340707, 881.952221241769, 298.6351381974001, 66.11919063714163,
  8.883149794388377, 0.5641884969886701, 2.1531153547440383e-8,
];
const ERFC_BELOW = [
  1230.3393548037495, 3439.3676741437216, 4362.619090143247, 3290.7992357334597, 1621.3895745666903, 537.1811018620099,
  117.6939508913125, 15.744926110709835, 1,
];
const FAR_ERFC_ABOVE = [
  0.0006587491615298378, 0.016083785148742275, 0.12578172611122926, 0.36034489994980445, 0.30532663496123236,
  0.016315387137302097,
];
const FAR_ERFC_BELOW = [
  0.0023352049762686918, 0.06051834131244132, 0.5279051029514285, 1.8729528499234604, 2.568520192289822, 1,
];
