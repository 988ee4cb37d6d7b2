package dev.canyon.certificate;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Map;

/**
 * Whether a private key belongs to a certificate. Otherwise, every handshake would fail, and clients would report an invalid
 * signature: while a renewal has written one file and not yet the other, for example.
 */
final class KeyPairCheck {

    /** By the algorithm of the key; signatures of other algorithms are not checked. */
    private static final Map<String, String> SIGNATURES = Map.of(
            "RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA", "Ed25519", "Ed25519", "Ed448", "Ed448");

    private static final byte[] SAMPLE = {1, 2, 3};

    private KeyPairCheck() {}

    static boolean belongTogether(PrivateKey privateKey, PublicKey publicKey) {
        String algorithm = SIGNATURES.get(privateKey.getAlgorithm());
        if (algorithm == null) {
            return true;
        }
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException ex) {
            // The keys are of different algorithms or sizes.
            return false;
        }
    }
}
