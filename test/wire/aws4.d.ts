/** The part of aws4 that the tests use; the package has no types. */
declare module 'aws4' {
  interface Signed {
    readonly headers?: Readonly<Record<string, string | number>>;
  }
  const aws4: {
    sign(request: object, credentials: { accessKeyId: string; secretAccessKey: string }): Signed;
  };
  export default aws4;
}
