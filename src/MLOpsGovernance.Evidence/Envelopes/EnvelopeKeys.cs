using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace MLOpsGovernance.Evidence.Envelopes;

/// <summary>A public Ed25519 key in the form that every tool reads: SubjectPublicKeyInfo, in PEM.</summary>
public sealed class EnvelopeVerifierKey : IEquatable<EnvelopeVerifierKey>
{
    private readonly PublicKey _key;

    internal EnvelopeVerifierKey(PublicKey key)
    {
        _key = key;
        Id = Convert.ToHexStringLower(SHA256.HashData(key.Export(KeyBlobFormat.PkixPublicKey)));
    }

    /// <summary>The SHA-256 of the key; in an envelope only a hint.</summary>
    public string Id { get; }

    /// <exception cref="EvidenceRefusedException">Not such a key.</exception>
    public static EnvelopeVerifierKey FromPem(string pem) =>
        PublicKey.TryImport(SignatureAlgorithm.Ed25519, Pem.Public(pem), KeyBlobFormat.PkixPublicKeyText, out var key)
            ? new(key!)
            : throw new EvidenceRefusedException(EvidenceRefusals.Key, "A public key is Ed25519, in PEM, between BEGIN PUBLIC KEY and its end.");

    public bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => signature.Length == 64 && SignatureAlgorithm.Ed25519.Verify(_key, message, signature);

    public string ToPem() => Encoding.UTF8.GetString(_key.Export(KeyBlobFormat.PkixPublicKeyText));

    public bool Equals(EnvelopeVerifierKey? other) => other is not null && _key.Equals(other._key);

    public override bool Equals(object? obj) => Equals(obj as EnvelopeVerifierKey);

    public override int GetHashCode() => _key.GetHashCode();
}

/// <summary>A private Ed25519 key that signs envelopes and nothing else.</summary>
public sealed class EnvelopeSigningKey : IDisposable
{
    private static KeyCreationParameters Exportable => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
    private readonly Key _key;

    private EnvelopeSigningKey(Key key) => (_key, Verifier) = (key, new(key.PublicKey));

    public EnvelopeVerifierKey Verifier { get; }

    public static EnvelopeSigningKey Generate() => new(Key.Create(SignatureAlgorithm.Ed25519, Exportable));

    /// <param name="pem">PKCS#8.</param>
    /// <exception cref="EvidenceRefusedException">Not such a key.</exception>
    public static EnvelopeSigningKey FromPkcs8(string pem) =>
        Key.TryImport(SignatureAlgorithm.Ed25519, Pem.Private(pem), KeyBlobFormat.PkixPrivateKeyText, out var key, Exportable)
            ? new(key!)
            : throw new EvidenceRefusedException(EvidenceRefusals.Key, "A private key is Ed25519, PKCS#8 in PEM, between BEGIN PRIVATE KEY and its end.");

    public byte[] Sign(ReadOnlySpan<byte> message) => SignatureAlgorithm.Ed25519.Sign(_key, message);

    public string ToPkcs8() => Encoding.UTF8.GetString(_key.Export(KeyBlobFormat.PkixPrivateKeyText));

    public void Dispose() => _key.Dispose();
}
