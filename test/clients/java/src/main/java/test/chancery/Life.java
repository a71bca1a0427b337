package test.chancery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.acmpca.AcmPcaClient;
import software.amazon.awssdk.services.acmpca.model.CertificateAuthority;
import software.amazon.awssdk.services.acmpca.model.CertificateAuthorityStatus;
import software.amazon.awssdk.services.acmpca.model.CertificateAuthorityType;
import software.amazon.awssdk.services.acmpca.model.GetCertificateResponse;
import software.amazon.awssdk.services.acmpca.model.KeyAlgorithm;
import software.amazon.awssdk.services.acmpca.model.RevocationReason;
import software.amazon.awssdk.services.acmpca.model.SigningAlgorithm;
import software.amazon.awssdk.services.acmpca.model.Tag;
import software.amazon.awssdk.services.acmpca.model.ValidityPeriodType;

/** One authority, from its creation to its deletion. */
final class Life {
  private final AcmPcaClient pca;
  private final Map<String, Object> result = new LinkedHashMap<>();
  private final Refusals refusals = new Refusals();

  Life(AcmPcaClient pca) {
    this.pca = pca;
  }

  Map<String, Object> live(String csr) throws Exception {
    var arn = pending("Smoke Root", "once");
    result.put("sameToken", arn.equals(pending("Smoke Root", "once")));
    pending("Smoke Other", "other");
    var root = makeRoot(arn);
    var leaf = issue(arn, csr, "EndEntityCertificate", 30);
    result.put("active", describe(arn).statusAsString());
    result.put("root", root);
    result.put("leaf", leaf.certificate());
    result.put("chain", leaf.certificateChain());
    judge(leaf.certificate(), root);
    page(arn);
    refuse(arn, root, leaf.certificate());
    end(arn, csr);
    result.put("errors", refusals.seen());
    return result;
  }

  private String pending(String name, String token) {
    return pca.createCertificateAuthority(
            create ->
                create
                    .certificateAuthorityType(CertificateAuthorityType.ROOT)
                    .certificateAuthorityConfiguration(
                        made ->
                            made.keyAlgorithm(KeyAlgorithm.EC_PRIME256_V1)
                                .signingAlgorithm(SigningAlgorithm.SHA256_WITHECDSA)
                                .subject(subject -> subject.country("CH").commonName(name)))
                    .idempotencyToken(token)
                    .tags(tag("a"), tag("b"), tag("c")))
        .certificateAuthorityArn();
  }

  private String makeRoot(String arn) {
    pca.waiter().waitUntilCertificateAuthorityCSRCreated(asked -> asked.certificateAuthorityArn(arn));
    var csr = pca.getCertificateAuthorityCsr(asked -> asked.certificateAuthorityArn(arn)).csr();
    var certificate = issue(arn, csr, "RootCACertificate", 3650).certificate();
    pca.importCertificateAuthorityCertificate(
        install -> install.certificateAuthorityArn(arn).certificate(SdkBytes.fromUtf8String(certificate)));
    return certificate;
  }

  private GetCertificateResponse issue(String arn, String csr, String template, long days) {
    var issued =
        pca.issueCertificate(
            wish ->
                wish.certificateAuthorityArn(arn)
                    .csr(SdkBytes.fromUtf8String(csr))
                    .signingAlgorithm(SigningAlgorithm.SHA256_WITHECDSA)
                    .templateArn("arn:aws:acm-pca:::template/" + template + "/V1")
                    .validity(validity -> validity.type(ValidityPeriodType.DAYS).value(days)));
    return pca.waiter()
        .waitUntilCertificateIssued(
            asked -> asked.certificateAuthorityArn(arn).certificateArn(issued.certificateArn()))
        .matched()
        .response()
        .orElseThrow();
  }

  private void judge(String leaf, String root) throws Exception {
    Certificates.validatePath(Certificates.read(leaf), Certificates.read(root));
    Certificates.validateForTls(Certificates.read(leaf), Certificates.read(root));
    result.put("verified", List.of("chain", "extended key usage"));
  }

  private void page(String arn) {
    var pages = new ArrayList<List<String>>();
    for (var page : pca.listCertificateAuthoritiesPaginator(asked -> asked.maxResults(1))) {
      pages.add(page.certificateAuthorities().stream().map(CertificateAuthority::arn).toList());
    }
    result.put("pages", pages);
    var tagPages = new ArrayList<List<String>>();
    for (var page : pca.listTagsPaginator(asked -> asked.certificateAuthorityArn(arn).maxResults(2))) {
      tagPages.add(keys(page.tags()));
    }
    result.put("tagPages", tagPages);
    pca.untagCertificateAuthority(off -> off.certificateAuthorityArn(arn).tags(Tag.builder().key("b").build()));
    pca.tagCertificateAuthority(on -> on.certificateAuthorityArn(arn).tags(tag("d")));
    result.put("tagsLeft", keys(pca.listTags(asked -> asked.certificateAuthorityArn(arn)).tags()));
  }

  private void refuse(String arn, String root, String leaf) throws Exception {
    var absent = arn.substring(0, arn.lastIndexOf('/') + 1) + "00000000-0000-0000-0000-000000000000";
    refusals.of("absent", () -> describe(absent));
    refusals.of("deleteActive", () -> pca.deleteCertificateAuthority(gone -> gone.certificateAuthorityArn(arn)));
    refusals.of("malformedCsr", () -> issue(arn, "no CSR", "EndEntityCertificate", 1));
    refusals.of("revoke", () -> revoke(arn, leaf));
    refusals.of("revokeAgain", () -> revoke(arn, leaf));
    refusals.of("revokeRoot", () -> revoke(arn, root));
  }

  private void end(String arn, String csr) throws Exception {
    pca.updateCertificateAuthority(
        update -> update.certificateAuthorityArn(arn).status(CertificateAuthorityStatus.DISABLED));
    refusals.of("issueDisabled", () -> issue(arn, csr, "EndEntityCertificate", 1));
    delete(arn);
    var deleted = describe(arn);
    result.put("deleted", deleted.statusAsString());
    result.put("daysLeft", Duration.between(Instant.now(), deleted.restorableUntil()).toSeconds() / 86_400.0);
    pca.restoreCertificateAuthority(back -> back.certificateAuthorityArn(arn));
    result.put("restored", describe(arn).statusAsString());
    delete(arn);
  }

  private void delete(String arn) {
    pca.deleteCertificateAuthority(gone -> gone.certificateAuthorityArn(arn).permanentDeletionTimeInDays(7));
  }

  private CertificateAuthority describe(String arn) {
    return pca.describeCertificateAuthority(asked -> asked.certificateAuthorityArn(arn)).certificateAuthority();
  }

  private void revoke(String arn, String certificate) throws Exception {
    var serial = Certificates.read(certificate).getSerialNumber().toString(16);
    pca.revokeCertificate(
        wish ->
            wish.certificateAuthorityArn(arn)
                .certificateSerial(serial)
                .revocationReason(RevocationReason.KEY_COMPROMISE));
  }

  private static Tag tag(String key) {
    return Tag.builder().key(key).value("v").build();
  }

  private static List<String> keys(List<Tag> tags) {
    return tags.stream().map(Tag::key).toList();
  }
}
