import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import { serialNumber } from '../../../src/core/ids.ts';
import { certificateSerial } from '../../../src/fronts/aws-pca/serial.ts';
import { assertException, ok } from '../aws-call.ts';
import { activeRoot, activeSubordinate, csrOf, csrVector, issued, openPca, pending, template } from './pca.ts';

const pca = await openPca();
const { house, call } = pca;
after(() => house.close());
const root = await activeRoot(pca);
const newLeaf = (authority = root.arn) => issued(pca, authority, csrVector('p256'));
const serialIn = (pem: string) => new X509Certificate(pem).serialNumber;
const serialOf = (arn: string) => arn.slice(-32);

const revoke = (CertificateSerial: unknown, more: object = {}, as = {}) =>
  call(
    'RevokeCertificate',
    { CertificateAuthorityArn: root.arn, CertificateSerial, RevocationReason: 'UNSPECIFIED', ...more },
    as,
  );
const recorded = async (arn: string) =>
  (await house.world.store.issued.get(house.administrator.account, serialNumber(serialOf(arn))))?.revocation;
const update = (arn: string, Status: string) =>
  call('UpdateCertificateAuthority', { CertificateAuthorityArn: arn, Status });

describe('Private CA RevokeCertificate', () => {
  describe('accepts', () => {
    it('a serial number in either case, with colons, with and without leading zeros', async () => {
      const ways = [
        (hex: string) => hex,
        (hex: string) => hex.toUpperCase(),
        (hex: string) => hex.replace(/..(?=.)/g, '$&:'),
        (hex: string) => `00:${hex.toUpperCase().replace(/..(?=.)/g, '$&:')}`,
        (hex: string) => hex.padStart(128, '0'),
      ];
      for (const way of ways) {
        const { arn } = await newLeaf();
        const answer = await revoke(way(serialOf(arn)));
        assert.equal(`${answer.status} ${answer.text}`, '200 ');
        assert.deepEqual(await recorded(arn), { at: house.clock.now(), reason: 'unspecified' });
      }
    });

    it('every reason of the vendor, kept in the words of RFC 5280 §5.3.1', async () => {
      const reasons = [
        ['UNSPECIFIED', 'unspecified'],
        ['KEY_COMPROMISE', 'key-compromise'],
        ['CERTIFICATE_AUTHORITY_COMPROMISE', 'authority-compromise'],
        ['AFFILIATION_CHANGED', 'affiliation-changed'],
        ['SUPERSEDED', 'superseded'],
        ['CESSATION_OF_OPERATION', 'cessation-of-operation'],
        ['PRIVILEGE_WITHDRAWN', 'privilege-withdrawn'],
        ['A_A_COMPROMISE', 'attribute-authority-compromise'],
      ];
      for (const [RevocationReason, reason] of reasons) {
        const { arn } = await newLeaf();
        ok(await revoke(serialOf(arn), { RevocationReason }));
        assert.equal((await recorded(arn))?.reason, reason);
      }
    });

    it('a certificate of a disabled authority, of an expired one, and one that has ended itself', async () => {
      const { arn: CertificateAuthorityArn } = await activeRoot(pca, {}, { Validity: { Type: 'DAYS', Value: 60 } });
      const [one, other, third] = [
        await newLeaf(CertificateAuthorityArn),
        await newLeaf(CertificateAuthorityArn),
        await newLeaf(CertificateAuthorityArn),
      ];
      ok(await update(CertificateAuthorityArn, 'DISABLED'));
      ok(await revoke(serialOf(one.arn), { CertificateAuthorityArn }));
      ok(await update(CertificateAuthorityArn, 'ACTIVE'));
      house.clock.advance({ days: 31 });
      ok(await revoke(serialOf(other.arn), { CertificateAuthorityArn }));
      house.clock.advance({ days: 30 });
      ok(await revoke(serialOf(third.arn), { CertificateAuthorityArn }));
      house.clock.advance({ days: -61 });
    });

    it("a subordinate authority's certificate", async () => {
      const { certificate, arn } = await activeSubordinate(pca, root.arn);
      ok(await revoke(serialIn(certificate), { RevocationReason: 'CERTIFICATE_AUTHORITY_COMPROMISE' }));
      assert.ok(await newLeaf(arn), 'it issues on, as at the service: who checks its chain refuses it');
    });
  });

  describe('refuses', () => {
    it("a root's own certificate, also before it is installed, in the words that Terraform matches", async () => {
      const sentence = 'Self-signed certificate can not be revoked';
      assertException(await revoke(serialIn(root.certificate)), 'InvalidRequestException', sentence);
      const CertificateAuthorityArn = await pending(pca);
      const own = await issued(pca, CertificateAuthorityArn, await csrOf(pca, CertificateAuthorityArn), {
        TemplateArn: template('RootCACertificate'),
      });
      const answer = await revoke(serialOf(own.arn), { CertificateAuthorityArn });
      assertException(answer, 'InvalidRequestException', sentence);
      assert.equal(await recorded(own.arn), undefined);
    });

    it('a certificate that is revoked, which stays as it was', async () => {
      const { arn } = await newLeaf();
      ok(await revoke(serialOf(arn), { RevocationReason: 'KEY_COMPROMISE' }));
      const first = await recorded(arn);
      house.clock.advance({ seconds: 5 });
      const sentence = 'The certificate has already been revoked.';
      assertException(await revoke(serialOf(arn)), 'RequestAlreadyProcessedException', sentence);
      assert.deepEqual(await recorded(arn), first);
    });

    it('a serial number that is none: InvalidRequestException', async () => {
      for (const serial of ['', ':', '0x12', '12:', ':12', '1:2', '12 34', '-1', '12:345', 'é'.repeat(32)]) {
        assertException(
          await revoke(serial),
          'InvalidRequestException',
          'The certificate serial number must be in hexadecimal format.',
        );
      }
    });

    it('a serial number never issued, of another authority, or longer than any: ResourceNotFoundException', async () => {
      const other = await activeRoot(pca);
      const { arn } = await newLeaf(other.arn);
      for (const serial of ['0', '4'.repeat(32), '4'.repeat(33), 'f'.repeat(128), serialOf(arn)]) {
        assertException(
          await revoke(serial),
          'ResourceNotFoundException',
          `Could not find a certificate of this serial number issued by Certificate Authority ${root.arn}`,
        );
      }
      assert.equal(await recorded(arn), undefined);
    });

    it('what breaks the model: all violations in one sentence', async () => {
      assertException(
        await revoke('1'.repeat(129), { RevocationReason: 'CERTIFICATE_HOLD' }),
        'ValidationException',
        /^2 validation errors detected: .*'certificateSerial' failed to satisfy constraint: Member must have length less than or equal to 128; .*'revocationReason' failed to satisfy constraint: Member must satisfy enum value set: \[UNSPECIFIED, KEY_COMPROMISE, CERTIFICATE_AUTHORITY_COMPROMISE, AFFILIATION_CHANGED, SUPERSEDED, CESSATION_OF_OPERATION, PRIVILEGE_WITHDRAWN, A_A_COMPROMISE\]/,
      );
      assertException(await call('RevokeCertificate'), 'ValidationException', /^3 validation errors detected: /);
      assertException(
        await revoke('12', { CertificateAuthorityArn: `${root.arn}/certificate/12` }),
        'InvalidArnException',
      );
    });

    it('an authority that waits for its certificate, and a deleted one: InvalidStateException', async () => {
      const sentence =
        'The certificate authority must be in the ACTIVE, DISABLED or EXPIRED state to revoke certificates';
      const waiting = await pending(pca);
      const gone = await activeRoot(pca);
      const { arn } = await newLeaf(gone.arn);
      ok(await update(gone.arn, 'DISABLED'));
      ok(await call('DeleteCertificateAuthority', { CertificateAuthorityArn: gone.arn }));
      const of = (CertificateAuthorityArn: string) => revoke(serialOf(arn), { CertificateAuthorityArn });
      assertException(await of(waiting), 'InvalidStateException', sentence);
      assertException(await of(gone.arn), 'InvalidStateException', sentence);
      const own = await revoke(serialIn(gone.certificate), { CertificateAuthorityArn: gone.arn });
      assertException(own, 'InvalidStateException', sentence);
    });

    it('another account, another region, a reader, and an authority that is not there', async () => {
      const { arn } = await newLeaf();
      const serial = serialOf(arn);
      assertException(await revoke(serial, {}, { key: house.stranger }), 'AccessDeniedException');
      assertException(await revoke(serial, {}, { key: house.reader }), 'AccessDeniedException');
      const sentence = (authority: string) => `Could not find Certificate Authority ${authority}`;
      const elsewhere = await revoke(serial, {}, { region: 'eu-west-1' });
      assertException(elsewhere, 'ResourceNotFoundException', sentence(root.arn));
      const nobody = `${root.arn.slice(0, -12)}000000000000`;
      const answer = await revoke(serial, { CertificateAuthorityArn: nobody });
      assertException(answer, 'ResourceNotFoundException', sentence(nobody));
      assert.equal(await recorded(arn), undefined);
    });

    it("a certificate of another account, under the caller's own authority", async () => {
      const { arn } = await newLeaf();
      const asStranger = {
        house,
        call: (operation: string, input?: unknown) => call(operation, input, { key: house.stranger }),
      };
      const { arn: CertificateAuthorityArn } = await activeRoot(asStranger);
      const answer = await revoke(serialOf(arn), { CertificateAuthorityArn }, { key: house.stranger });
      assertException(answer, 'ResourceNotFoundException');
      assert.equal(await recorded(arn), undefined);
    });
  });

  describe('does', () => {
    it('keep the certificate itself: GetCertificate answers as before', async () => {
      const { arn, certificate, chain } = await newLeaf();
      ok(await revoke(serialOf(arn)));
      const found = ok(await call('GetCertificate', { CertificateAuthorityArn: root.arn, CertificateArn: arn }));
      assert.deepEqual(found, { Certificate: certificate, CertificateChain: chain });
    });

    it('revoke once however many ask at the same time, and tell the audit once', async () => {
      const { arn } = await newLeaf();
      const answers = await Promise.all(Array.from({ length: 6 }, () => revoke(serialOf(arn))));
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
      for (const answer of answers) {
        if (answer.status !== 200) assertException(answer, 'RequestAlreadyProcessedException');
      }
      const told = house.audited.filter(({ verb, id }) => verb === 'revoked' && id === serialOf(arn));
      assert.deepEqual(told, [{ verb: 'revoked', what: 'certificate', id: serialOf(arn) }]);
    });
  });
});

describe('a serial number of RevokeCertificate', () => {
  const read = (text: string) => certificateSerial.mark.decode?.(text);

  it('is the number, however it is written: what %x prints without its leading zeros too', () => {
    assert.equal(read('a1'.padStart(32, '0')), read('A1'));
    const numbers = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n });
    fc.assert(
      fc.property(numbers, fc.nat(8), fc.boolean(), (number, zeros, isUpper) => {
        const hex = number.toString(16);
        const text = '0'.repeat(zeros) + (isUpper ? hex.toUpperCase() : hex);
        const pairs = text.padStart(text.length + (text.length % 2), '0').replace(/..(?=.)/g, '$&:');
        assert.equal(read(text), hex.padStart(32, '0'));
        assert.equal(read(pairs), hex.padStart(32, '0'));
      }),
    );
  });

  it('is none of ours from 2^128 on', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n << 128n, max: (1n << 512n) - 1n }), (n) => read(n.toString(16)) === 'unknown'),
    );
  });
});
