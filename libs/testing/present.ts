/** A value that the test needs and that may be missing by its type: an element of a list, a header. Throws when it is missing. */
export function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The test expected a value here, and there is none.');
  return value;
}
