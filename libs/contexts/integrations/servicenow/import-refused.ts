/** An import that can not be done, or not go on; the message is one sentence that says what to do. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
}
