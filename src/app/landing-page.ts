/** The plain page that a browser sees at `/`: what this is and how to point a client here. No script, no asset. */

export interface LandingFacts {
  readonly version: string;
  readonly publicUrl: string;
  readonly pkiUrl: string;
  readonly region: string;
}

const fronts = [
  ['AWS Certificate Manager', 'acm', 'X-Amz-Target: CertificateManager.*'],
  ['AWS Private CA', 'acm-pca', 'X-Amz-Target: ACMPrivateCA.*'],
  ['AWS STS', 'sts', 'GetCallerIdentity'],
  ['Huawei Cloud private CA (PCA)', 'ccm', '/v1/private-certificate-authorities, /v1/private-certificates'],
  ['Huawei Cloud SSL certificate manager (SCM)', 'scm', '/v3/scm'],
  ['Huawei Cloud IAM', 'iam', '/v3/auth, /v3/projects'],
  ["The operator's api", 'chancery', 'X-Amz-Target: Chancery.*, used by “chancery admin”'],
] as const;

/** HTML, complete; every fact is escaped. */
export function landingPage({ version, publicUrl, pkiUrl, region }: LandingFacts): string {
  const url = escape(publicUrl);
  const place = escape(region);
  const rows = fronts.map(
    ([name, service, where]) =>
      `<tr><td>${name}</td><td><code>${service}</code></td><td><code>${url}</code></td><td>${where}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Chancery</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;color:#1c2430;background:#fff}
h1{font-size:1.6rem;margin-bottom:0}h2{font-size:1.1rem;margin-top:2rem}p.lead{margin-top:.2rem;color:#4a5568}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #d8dee6;vertical-align:top}
code,pre{font:14px/1.5 ui-monospace,monospace}td code{white-space:nowrap}pre{background:#f3f5f8;padding:.8rem;overflow-x:auto;border-radius:4px}
@media (prefers-color-scheme:dark){body{background:#14181f;color:#e3e8ef}p.lead{color:#a0aec0}td,th{border-color:#2d3748}pre{background:#1d2430}}
</style></head><body>
<h1>Chancery ${escape(version)}</h1>
<p class="lead">A private certificate authority and certificate manager that answers the AWS and Huawei Cloud APIs.</p>
<h2>Endpoints</h2>
<table><thead><tr><th>Service</th><th>Name</th><th>Endpoint</th><th>Recognised by</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
<h2>Point a client here</h2>
<pre>AWS_SHARED_CREDENTIALS_FILE=chancery-data/credentials \\
  aws acm-pca list-certificate-authorities --endpoint-url ${url} --region ${place}</pre>
<pre>new ACMPCAClient({ endpoint: '${url}', region: '${place}' })</pre>
<pre>CcmClient.new_builder() \\
  .with_credentials(GlobalCredentials(ak, sk, domain_id)) \\
  .with_endpoint("${url}").build()</pre>
<h2>Authority certificates</h2>
<p>Relying parties fetch them, without a signature, at <code>${escape(pkiUrl)}/authorities/&lt;id&gt;.cer</code> (DER),
<code>.pem</code>, and <code>.chain.pem</code>.</p>
<h2>Operating</h2>
<p><a href="/healthz">/healthz</a> says that the server lives, <a href="/readyz">/readyz</a> that its store and vault answer,
<a href="/metrics">/metrics</a> is for Prometheus.</p>
</body></html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
