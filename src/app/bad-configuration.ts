/** Stops the start: one sentence that names the variable and what is expected, without a secret. */
export class BadConfiguration extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'BadConfiguration';
  }
}
